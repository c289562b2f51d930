namespace DataExchange.Policy.Cases;

/// <summary>Which step is legal in which state, and for whom: the table of <c>contracts/state-machines.md</c>.</summary>
internal static class CaseSteps
{
    public const string Gather = "gather";
    public const string Complete = "complete";
    public const string Cancel = "cancel";

    private static readonly string[] All = [Gather, Complete, Cancel];

    /// <summary>Whether somebody with this part may ever take the step.</summary>
    public static bool Knows(string step, CasePart part) => part switch
    {
        CasePart.Clerk => true,
        CasePart.System => step is Gather or Complete,
        CasePart.Citizen => step is Cancel,
        _ => false,
    };

    public static bool IsLegal(string step, CaseState state, CasePart part) => Knows(step, part) && state switch
    {
        CaseState.Open => step is Gather or Cancel,
        CaseState.Ready => true,
        _ => false,
    };

    public static IReadOnlyList<string> Legal(CaseState state, CasePart part) => [.. All.Where(step => IsLegal(step, state, part))];
}
