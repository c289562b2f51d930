using DataExchange.Contracts.Problems;
using DataExchange.Policy.Cases;

namespace DataExchange.Policy.Decisions.Gates;

/// <summary>Actor: a role that may query, an open case where one is needed, a valid mandate where one is named.</summary>
/// <remarks>
/// A mandate says that the department acts on the application of the person's delegate: who stands before the clerk is for the department to
/// know, and to answer for. It is looked at only for a caller who has a grant, and one that does not serve is the same as none: gates 1 to 7
/// tell nothing about anybody. Nor does a case: only its own department can name it, and knows whose it is.
/// </remarks>
internal static class Gate6Actor
{
    private const int Number = 6;

    public static void Check(Evaluation evaluation)
    {
        var request = evaluation.Request;
        var hasGrant = evaluation.Reasons.FirstAboutRequest is null;
        var roles = request.Actor.Roles;
        var isSystem = roles.Contains("department-system");
        var isClerk = roles.Contains("desk-clerk");

        if (!isSystem && !isClerk)
        {
            evaluation.Reasons.AboutRequest(Number, ProblemSlugs.ActorNotAuthorised, "None of the actor's roles may query records.");
        }

        // A clerk sees a person's records only while that person's matter is open; a system acts in cases only where the grant says so.
        // A case that is named has to be right in any event. Which of its conditions is not met is not said: that would be something about the person.
        var needsCase = request.Case is not null || evaluation.Grant is { CaseRequired: true } || (isClerk && !isSystem);
        if (needsCase && (evaluation.Consumer is not { } consumer || !CaseCoverage.Covers(request.Case, request, consumer.Code, evaluation.Rules, evaluation.Now)))
        {
            evaluation.RefuseUnlessBroken(Number, ProblemSlugs.CaseRequired, null, "No open case covers this request.");
        }

        if (hasGrant && request.Mandate is { } mandate
            && evaluation.Rules.Mandates.Find(mandate)?.Covers(request.Subject, request.Purpose, request.Dataset, evaluation.Now) != true)
        {
            evaluation.Reasons.AboutRequest(Number, ProblemSlugs.MandateInvalid, "No mandate of this id is in force for this person and theme.");
        }
    }
}
