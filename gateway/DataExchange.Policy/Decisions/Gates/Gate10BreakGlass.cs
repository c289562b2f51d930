using DataExchange.Contracts.Problems;

namespace DataExchange.Policy.Decisions.Gates;

/// <summary>Break-glass may relax case, quota and consent, and nothing else. No break-glass grant exists yet, so whoever names one is refused.</summary>
internal static class Gate10BreakGlass
{
    private const int Number = 10;

    public static void Check(Evaluation evaluation)
    {
        if (evaluation.Request.BreakGlass is not null)
        {
            evaluation.Reasons.AboutRequest(Number, ProblemSlugs.BreakGlassNotPermitted, "No such break-glass grant is registered.");
        }
    }
}
