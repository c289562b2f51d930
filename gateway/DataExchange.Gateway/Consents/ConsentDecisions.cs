using DataExchange.Contracts.Consents;
using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Problems;
using DataExchange.Enforcement.Subjects;
using DataExchange.Gateway.Commands;
using DataExchange.Gateway.Identity;
using DataExchange.Policy.Consents;

namespace DataExchange.Gateway.Consents;

/// <summary><c>POST /v1/consents/{id}/give</c>, <c>/refuse</c> and <c>/withdraw</c>.</summary>
public sealed class ConsentDecisions(ConsentAccess access, CommandSender commands, SubjectVault vault, TimeProvider clock)
{
    public async Task<IResult> DecideAsync(string id, ConsentDecision decision, ConsentGiving? giving, HttpContext context)
    {
        var caller = context.Caller();
        if (await access.FindAsync(id, caller, context.RequestAborted) is not { } consent)
        {
            return new ProblemResult(ProblemSlugs.NotFound, "There is no such consent.");
        }

        // The person in person; otherwise a clerk of the department that asked, who is named in the record with the evidence.
        var citizen = await access.SubjectOfAsync(caller, context.RequestAborted);
        var subject = citizen ?? await vault.FindAsync(consent.Subject, context.RequestAborted)
            ?? throw new SubjectVaultException("A consent's subject is not in the vault.");
        var result = await commands.SendAsync(
            context, giving, subject, _ => new DecideConsent { Id = id, Decision = decision, EvidenceHash = giving?.EvidenceHash });
        if (result.Problem is not null)
        {
            return result.ToProblem();
        }

        var decided = result.Rules!.FindConsent(id)!;
        context.Response.SetVersion(decided.LogIndex);
        return Results.Ok(ConsentViews.Show(decided, clock.GetUtcNow(), result.Receipt));
    }
}
