using DataExchange.Contracts.Problems;

namespace DataExchange.Policy.Decisions.Gates;

/// <summary>Restrictions: a protective hold or an objection covers the subject.</summary>
internal static class Gate9Restrictions
{
    private const int Number = 9;

    public static void Check(Evaluation evaluation)
    {
        if (evaluation.Rules.IsRestricted(evaluation.Request.Subject))
        {
            evaluation.Reasons.AboutRequest(Number, ProblemSlugs.SubjectRestricted, "A restriction covers this request.");
        }
    }
}
