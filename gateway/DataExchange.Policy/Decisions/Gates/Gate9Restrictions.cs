using DataExchange.Contracts.Problems;
using DataExchange.Policy.Anomalies;

namespace DataExchange.Policy.Decisions.Gates;

/// <summary>Restrictions: a protective hold or an objection covers the subject, or a finding of the anomaly rules stands against the actor.</summary>
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
        if (evaluation.Rules.IsRestricted(evaluation.Request.Subject))
        {
            evaluation.Reasons.AboutRequest(Number, ProblemSlugs.SubjectRestricted, "A restriction covers this request.");
        }

        if (evaluation.Request.Anomalies is { } anomalies)
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
}
