using DataExchange.Contracts.Cases;
using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Problems;
using DataExchange.Enforcement.Requests;
using DataExchange.Enforcement.Subjects;
using DataExchange.Gateway.Commands;
using DataExchange.Gateway.Identity;
using DataExchange.Policy.Cases;

namespace DataExchange.Gateway.Cases;

/// <summary><c>POST /v1/cases</c>.</summary>
internal static class CaseOpenings
{
    public static async Task<IResult> OpenAsync(CaseOpening opening, CommandSender commands, SubjectVault vault, TimeProvider clock, HttpContext context)
    {
        var caller = context.Caller();
        var isCitizen = caller.Actor.Roles.Contains(Roles.Citizen);
        if (isCitizen ? opening.Subject is not null : opening.Subject is null || opening.Desk is not null)
        {
            return new ProblemResult(ProblemSlugs.RequestMalformed, "A clerk names the subject and no desk; a citizen no subject, but where there are several, the desk.");
        }

        var number = isCitizen ? caller.Subject : opening.Subject;
        if (number is null || !SubjectNumber.IsAcceptable(number))
        {
            return new ProblemResult(ProblemSlugs.RequestMalformed, "subject is not a number of its scheme.");
        }

        var subject = await vault.ResolveAsync(number, context.RequestAborted);
        var result = await commands.SendAsync(context, opening, subject, _ => new OpenCase { Matter = opening.Matter, Desk = opening.Desk });
        if (result.Problem is not null)
        {
            return result.ToProblem();
        }

        // With a key that is used again, the case may have ended since, or its person been erased.
        if (result.Rules!.Cases.Find(result.Id!) is not { } opened)
        {
            return CaseEndpoints.NotThere();
        }

        context.Response.SetVersion(opened.LogIndex);
        return Results.Created(
            $"/v1/cases/{opened.Id}", CaseViews.Show(opened, CaseAccess.MatterOf(opened, result.Rules).Matter, result.Rules, clock.GetUtcNow(), result.Receipt));
    }
}
