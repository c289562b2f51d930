using DataExchange.Contracts.Problems;
using DataExchange.Policy.Cases;

namespace DataExchange.Policy.Decisions.Gates;

/// <summary>Actor: a role that may query, an open case where one is needed, a valid mandate where one is named.</summary>
/// <remarks>Mandates are a register that is still to come; until then none is valid, so whoever names one is refused.</remarks>
internal static class Gate6Actor
{
    private const int Number = 6;

    public static void Check(Evaluation evaluation)
    {
        var roles = evaluation.Request.Actor.Roles;
        var isSystem = roles.Contains("department-system");
        var isClerk = roles.Contains("desk-clerk");

        if (!isSystem && !isClerk)
        {
            evaluation.Reasons.AboutRequest(Number, ProblemSlugs.ActorNotAuthorised, "None of the actor's roles may query records.");
        }

        // A clerk sees a person's records only while that person's matter is open; a system acts in cases only where the grant says so.
        // A case that is named has to be right in any event. Which of its conditions is not met is not said: that would be something about the person.
        var request = evaluation.Request;
        var needsCase = request.Case is not null || evaluation.Grant is { CaseRequired: true } || (isClerk && !isSystem);
        if (needsCase && (evaluation.Consumer is not { } consumer || !CaseCoverage.Covers(request.Case, request, consumer.Code, evaluation.Rules, evaluation.Now)))
        {
            evaluation.Reasons.AboutRequest(Number, ProblemSlugs.CaseRequired, "No open case covers this request.");
        }

        if (evaluation.Request.Mandate is not null)
        {
            evaluation.Reasons.AboutRequest(Number, ProblemSlugs.MandateInvalid, "No such mandate is registered.");
        }
    }
}
