using DataExchange.Contracts.Consents;
using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Problems;
using DataExchange.Enforcement.Subjects;
using DataExchange.Gateway.Commands;
using DataExchange.Gateway.Identity;
using DataExchange.Policy.Consents;

namespace DataExchange.Gateway.Consents;

/// <summary><c>POST /v1/consents/{id}/give</c>, <c>/refuse</c>, <c>/withdraw</c> and <c>/renew</c>. Who may is for the rules to say.</summary>
public sealed class ConsentDecisions(ConsentAccess access, CommandSender commands, SubjectVault vault, TimeProvider clock)
{
    public Task<IResult> DecideAsync(string id, ConsentDecision decision, ConsentGiving? giving, HttpContext context) =>
        SendAsync(id, giving, new DecideConsent { Id = id, Decision = decision, EvidenceHash = giving?.EvidenceHash }, context);

    public Task<IResult> RenewAsync(string id, ConsentRenewal renewal, HttpContext context) =>
        SendAsync(id, renewal, new DecideConsent { Id = id, Decision = ConsentDecision.Renew, EvidenceHash = renewal.EvidenceHash, ValidTo = renewal.ValidTo }, context);

    private async Task<IResult> SendAsync(string id, object? body, DecideConsent command, HttpContext context)
    {
        var caller = context.Caller();
        if (await access.FindAsync(id, caller, context.RequestAborted) is not { } consent)
        {
            return new ProblemResult(ProblemSlugs.NotFound, "There is no such consent.");
        }

        var subject = await vault.FindAsync(consent.Subject, context.RequestAborted) ?? throw new SubjectVaultException("A consent's subject is not in the vault.");
        var result = await commands.SendAsync(context, body, subject, _ => command);
        if (result.Problem is not null)
        {
            return result.ToProblem();
        }

        var decided = result.Rules!.FindConsent(id)!;
        context.Response.SetVersion(decided.LogIndex);
        return Results.Ok(ConsentViews.Show(decided, result.Rules, clock.GetUtcNow(), result.Receipt));
    }
}
