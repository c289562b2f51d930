using DataExchange.Contracts.Consents;
using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Problems;
using DataExchange.Enforcement.Requests;
using DataExchange.Enforcement.Subjects;
using DataExchange.Gateway.Commands;
using DataExchange.Gateway.Identity;
using DataExchange.Policy.Consents;

namespace DataExchange.Gateway.Consents;

/// <summary><c>POST /v1/consents</c>.</summary>
internal static class ConsentRequests
{
    public static async Task<IResult> RequestAsync(
        ConsentRequest request, ConsentAccess access, CommandSender commands, SubjectVault vault, TimeProvider clock, HttpContext context)
    {
        if (access.DepartmentOf(context.Caller().Actor) is not { } department)
        {
            return new ProblemResult(ProblemSlugs.ConsumerMismatch, "The token's client is registered to no department.");
        }

        if (!SubjectNumber.IsAcceptable(request.Subject))
        {
            return new ProblemResult(ProblemSlugs.RequestMalformed, "subject is not a number of its scheme.");
        }

        if (!ConsentViews.TryParseKind(request.Kind, out var kind))
        {
            return new ProblemResult(ProblemSlugs.RequestMalformed, "kind is 'general', 'separate' or 'written'.");
        }

        var subject = await vault.ResolveAsync(request.Subject, context.RequestAborted);
        var result = await commands.SendAsync(
            context, request, subject,
            _ => new RequestConsent
            {
                Recipient = department.Code,
                Notice = request.Notice,
                Language = request.Language,
                Purpose = request.Purpose,
                Dataset = request.Dataset,
                Fields = request.Fields,
                Kind = kind,
                ValidTo = request.ValidTo,
                MaxUses = request.MaxUses,
                Period = ConsentViews.ParsePeriod(request.Period),
            });
        if (result.Problem is not null)
        {
            return result.ToProblem();
        }

        var consent = result.Rules!.FindConsent(result.Id!)!;
        context.Response.SetVersion(consent.LogIndex);
        return Results.Created($"/v1/consents/{consent.Id}", ConsentViews.Show(consent, result.Rules, clock.GetUtcNow(), result.Receipt));
    }
}
