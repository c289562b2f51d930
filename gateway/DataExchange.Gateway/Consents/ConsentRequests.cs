using DataExchange.Contracts.Consents;
using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Governance;
using DataExchange.Enforcement.Problems;
using DataExchange.Enforcement.Requests;
using DataExchange.Enforcement.Subjects;
using DataExchange.Gateway.Identity;
using DataExchange.Policy.Consents;

namespace DataExchange.Gateway.Consents;

/// <summary><c>POST /v1/consents</c>.</summary>
internal static class ConsentRequests
{
    public static async Task<IResult> RequestAsync(
        ConsentRequest request, ConsentAccess access, GovernanceLedger ledger, SubjectVault vault, TimeProvider clock, HttpContext context)
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
        var result = await ledger.ExecuteAsync(
            new RequestConsent
            {
                Subject = subject.Handle,
                Recipient = department.Code,
                Notice = request.Notice,
                Language = request.Language,
                Purpose = request.Purpose,
                Dataset = request.Dataset,
                Fields = request.Fields,
                Kind = kind,
                ValidTo = request.ValidTo,
            },
            subject,
            context.RequestAborted);
        return result.Problem is { } problem
            ? new ProblemResult(problem, result.Detail)
            : Results.Created($"/v1/consents/{result.Consent!.Id}", ConsentViews.Show(result.Consent, clock.GetUtcNow(), result.Receipt));
    }
}
