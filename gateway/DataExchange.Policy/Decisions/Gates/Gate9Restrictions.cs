using DataExchange.Contracts.Problems;
using DataExchange.Policy.Restrictions;

namespace DataExchange.Policy.Decisions.Gates;

/// <summary>Restrictions: an objection of the subject. A protective hold is applied behind all gates, see <see cref="Concealment"/>.</summary>
internal static class Gate9Restrictions
{
    private const int Number = 9;

    public static void Check(Evaluation evaluation)
    {
        var request = evaluation.Request;

        // By index: hardly anybody has one, and an enumerator would be an object in every decision.
        var restrictions = evaluation.Rules.Restrictions.Of(request.Subject);
        for (var i = 0; i < restrictions.Count; i++)
        {
            Check(evaluation, restrictions[i]);
        }
    }

    private static void Check(Evaluation evaluation, RestrictionRecord restriction)
    {
        var request = evaluation.Request;
        foreach (var field in request.Fields)
        {
            if (!evaluation.Reasons.IsDenied(field) && evaluation.Granted(field) is { } granted && restriction.Forbids(request.Purpose, granted.Basis, evaluation.Now))
            {
                evaluation.Reasons.AboutField(Number, ProblemSlugs.SubjectRestricted, field, "The person objects to this use.");
            }
        }
    }
}
