using DataExchange.Contracts.Problems;

namespace DataExchange.Policy.Decisions.Gates;

/// <summary>Break-glass relaxes case, quota and consent, where those gates ask it to, and nothing else. A grant that is not open for this very use refuses.</summary>
internal static class Gate10BreakGlass
{
    private const int Number = 10;

    public static void Check(Evaluation evaluation)
    {
        if (evaluation.Request.BreakGlass is not null && !evaluation.HasBrokenGlass)
        {
            evaluation.Reasons.AboutRequest(Number, ProblemSlugs.BreakGlassNotPermitted, "No break-glass grant of this id is open for this person in these hands.");
        }
    }
}
