using DataExchange.Contracts.Problems;

namespace DataExchange.Policy.Decisions.Gates;

/// <summary>Restrictions: an objection of the subject. A protective hold is applied behind all gates, see <see cref="Concealment"/>.</summary>
internal static class Gate9Restrictions
{
    private const int Number = 9;

    public static void Check(Evaluation evaluation)
    {
        var request = evaluation.Request;
        foreach (var restriction in evaluation.Rules.Restrictions.Of(request.Subject))
        {
            foreach (var field in request.Fields)
            {
                if (!evaluation.Reasons.IsDenied(field) && evaluation.Granted(field) is { } granted && restriction.Forbids(request.Purpose, granted.Basis, evaluation.Now))
                {
                    evaluation.Reasons.AboutField(Number, ProblemSlugs.SubjectRestricted, field, "The person objects to this use.");
                }
            }
        }
    }
}
