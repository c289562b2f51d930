using System.Text.Json;
using DataExchange.Contracts.Agreements;
using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Governance;
using DataExchange.Enforcement.Problems;
using DataExchange.Gateway.Commands;
using DataExchange.Policy.Agreements;
using DataExchange.Policy.Founding;
using DataExchange.Policy.Model;

namespace DataExchange.Gateway.Agreements;

/// <summary>Carries the parties' steps to the rules.</summary>
public sealed class AgreementSteps(CommandSender commands, TimeProvider clock)
{
    /// <summary>The first draft, or the next revision's.</summary>
    public async Task<IResult> DraftAsync(string? id, JsonElement document, HttpContext context)
    {
        if (!TryRead(document, out var agreement, out var problem))
        {
            return problem;
        }

        var result = await commands.SendAsync(context, document, _ => new DraftAgreement(agreement) { Id = id ?? agreement.Id });
        return result.Problem is null ? Results.Created($"/v1/agreements/{result.Id}", Show(result, context)) : result.ToProblem();
    }

    /// <summary>A step that writes the document anew. It has to say what it was written over.</summary>
    public async Task<IResult> WriteAsync(JsonElement document, HttpContext context, Func<SharingAgreement, AgreementStepCommand> command) =>
        context.Request.DemandVersion() is { } undemanded ? undemanded
        : TryRead(document, out var agreement, out var problem) ? await TakeAsync(context, document, command(agreement))
        : problem;

    /// <summary>A refusal, its grounds understood.</summary>
    public async Task<IResult> RefuseAsync(string id, AgreementRefusal refusal, HttpContext context)
    {
        var reasons = refusal.Reasons.Select(AgreementViews.Read).ToList();
        return reasons.Contains(null)
            ? new ProblemResult(ProblemSlugs.RequestMalformed, "ground is form-fault, condition-not-met or dataset-changed.")
            : await TakeAsync(context, refusal, new RefuseAgreement([.. reasons.OfType<RefusalReason>()]) { Id = id });
    }

    /// <summary>Any other step.</summary>
    public async Task<IResult> TakeAsync(HttpContext context, object? body, AgreementStepCommand command)
    {
        var result = await commands.SendAsync(context, body, _ => command);
        return result.Problem is null ? Results.Ok(Show(result, context)) : result.ToProblem();
    }

    private AgreementView Show(CommandResult result, HttpContext context)
    {
        var record = result.Rules!.Agreements.FindRecord(result.Id!)!;
        context.Response.SetVersion(record.LogIndex);
        return AgreementViews.Show(record, result.Rules, clock.GetUtcNow(), result.Receipt);
    }

    private static bool TryRead(
        JsonElement document,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out SharingAgreement? agreement,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(false)] out ProblemResult? problem)
    {
        (agreement, var faults) = AgreementDocument.Read(document);
        problem = agreement is not null ? null : new ProblemResult(
            Enforcement.Problems.Problem.Of(ProblemSlugs.RequestMalformed, "The agreement cannot be read; faults says where.") with { Faults = [.. faults.Select(Show)] });
        return agreement is not null;
    }

    private static ProblemFault Show(FoundingFault fault) => new(fault.Path, fault.Message);
}
