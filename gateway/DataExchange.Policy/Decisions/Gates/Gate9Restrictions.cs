using DataExchange.Contracts.Problems;
using DataExchange.Policy.Anomalies;
using DataExchange.Policy.Restrictions;

namespace DataExchange.Policy.Decisions.Gates;

/// <summary>
/// Restrictions: an objection of the subject, or a finding of the anomaly rules that stands against the actor. A protective hold is applied
/// behind all gates, see <see cref="Concealment"/>.
/// </summary>
internal static class Gate9Restrictions
{
    private const int Number = 9;

    // The gravest first: it names the problem. A rule that only reports refuses nothing.
    private static readonly (AnomalyAction Action, ProblemSlug Slug, string Detail)[] Refusals =
    [
        (AnomalyAction.HoldForReview, ProblemSlugs.HeldForReview, "An anomaly rule has found something that a reviewer has to look at first."),
        (AnomalyAction.Throttle, ProblemSlugs.Throttled, "An anomaly rule has found more than it allows for now."),
        (AnomalyAction.StepUp, ProblemSlugs.StepUpRequired, "An anomaly rule asks for a stronger sign-in."),
    ];

    public static void Check(Evaluation evaluation)
    {
        var request = evaluation.Request;

        // By index: hardly anybody has one, and an enumerator would be an object in every decision.
        var restrictions = evaluation.Rules.Restrictions.Of(request.Subject);
        for (var i = 0; i < restrictions.Count; i++)
        {
            Check(evaluation, restrictions[i]);
        }

        if (request.Anomalies is { } anomalies)
        {
            foreach (var (action, slug, detail) in Refusals)
            {
                if (anomalies.Any(anomaly => anomaly.Action == action))
                {
                    evaluation.Reasons.AboutRequest(Number, slug, detail);
                }
            }
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
