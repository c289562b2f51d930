using DataExchange.Contracts.Problems;

namespace DataExchange.Policy.Decisions;

/// <summary>
/// Protective holds, after every gate has spoken. A hold denies, and must not be seen to: callers and providers get the decision as it
/// would be without one, and what it would have let out ends as for a person whom the provider does not know. The rule stands here and in
/// <see cref="Decision.ForCaller"/>, and nowhere else.
/// </summary>
internal static class Concealment
{
    private const int Gate = 9;

    /// <summary>The decision as it truly is, with the one that may be shown inside it; the same decision where no hold is in force.</summary>
    public static Decision Apply(Decision open, Evaluation evaluation)
    {
        var holds = evaluation.Rules.Restrictions.Of(evaluation.Request.Subject);
        for (var i = 0; i < holds.Count; i++)
        {
            if (holds[i].Hides(evaluation.Request.Purpose, evaluation.Now))
            {
                return Conceal(open, evaluation.Request, holds[i].Id);
            }
        }

        return open;
    }

    private static Decision Conceal(Decision open, ExchangeRequest request, string hold) => open with
    {
        Outcome = DecisionOutcome.Deny,
        Problem = open.Problem ?? ProblemSlugs.SubjectRestricted,
        Reasons = [.. open.Reasons.Where(reason => reason.Gate <= Gate), new ProblemReason(Gate, ProblemSlugs.SubjectRestricted.Code, null, "A protective hold hides this person."), .. open.Reasons.Where(reason => reason.Gate > Gate)],
        Relaxed = [],
        Permitted = [],
        Denied = request.Fields,
        Obligations = [],
        Served = null,
        Remedy = Remedies.For(open.Problem ?? ProblemSlugs.SubjectRestricted),
        Hold = hold,
        Shown = open,
    };
}
