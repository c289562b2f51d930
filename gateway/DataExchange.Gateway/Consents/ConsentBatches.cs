using DataExchange.Contracts.Consents;
using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Governance;
using DataExchange.Enforcement.Problems;
using DataExchange.Enforcement.Requests;
using DataExchange.Enforcement.Subjects;
using DataExchange.Gateway.Commands;
using DataExchange.Gateway.Identity;
using DataExchange.Policy.Consents;

namespace DataExchange.Gateway.Consents;

/// <summary><c>POST /v1/consents/batch</c>: each request is an event of its own, so each comes about or not by itself.</summary>
public sealed class ConsentBatches(ConsentAccess access, CommandSender commands, SubjectVault vault, GovernanceLedger ledger, TimeProvider clock)
{
    private const int MaxItems = 32;

    internal static async Task<IResult> RequestAsync(ConsentBatch batch, ConsentBatches batches, HttpContext context) => await batches.RequestAsync(batch, context);

    private async Task<IResult> RequestAsync(ConsentBatch batch, HttpContext context)
    {
        if (access.DepartmentOf(context.Caller().Actor) is not { } department)
        {
            return new ProblemResult(ProblemSlugs.ConsumerMismatch, "The token's client is registered to no department.");
        }

        if (batch.Consents.Count is < 1 or > MaxItems || !SubjectNumber.IsAcceptable(batch.Subject))
        {
            return new ProblemResult(ProblemSlugs.RequestMalformed, $"A batch is about one person, by a number of its scheme, and asks for 1 to {MaxItems} consents.");
        }

        var subject = await vault.ResolveAsync(batch.Subject, context.RequestAborted);
        var answers = new List<ConsentBatchAnswer>();
        for (var number = 0; number < batch.Consents.Count; number++)
        {
            answers.Add(await RequestAsync(batch.Consents[number], number, department.Code, subject, context));
        }

        return Results.Ok<IReadOnlyList<ConsentBatchAnswer>>(answers);
    }

    private async Task<ConsentBatchAnswer> RequestAsync(ConsentBatchItem item, int number, string recipient, Subject subject, HttpContext context)
    {
        if (!ConsentViews.TryParseKind(item.Kind, out var kind))
        {
            return new ConsentBatchAnswer(null, Problem.Of(ProblemSlugs.RequestMalformed, "kind is 'general', 'separate' or 'written'."));
        }

        var period = ConsentViews.ParsePeriod(item.Period);
        var (rules, now) = (ledger.Current, clock.GetUtcNow());
        if (rules.ConsentsOf(subject.Handle).LastOrDefault(known => Covers(known, item, recipient, kind, period)
            && ConsentStanding.Of(known, rules, now) is ConsentState.Requested or ConsentState.Given or ConsentState.Renewed) is { } already)
        {
            return new ConsentBatchAnswer(ConsentViews.Show(already, rules, now), null);
        }

        var result = await commands.SendAsync(
            context, item, subject, number,
            _ => new RequestConsent
            {
                Recipient = recipient,
                Notice = item.Notice,
                Language = item.Language,
                Purpose = item.Purpose,
                Dataset = item.Dataset,
                Fields = item.Fields,
                Kind = kind,
                ValidTo = item.ValidTo,
                MaxUses = item.MaxUses,
                Period = period,
            });
        return result.Problem is { } slug
            ? new ConsentBatchAnswer(null, Problem.Of(slug, result.Detail) with { Next = result.Next })
            : new ConsentBatchAnswer(ConsentViews.Show(result.Rules!.FindConsent(result.Id!)!, result.Rules!, clock.GetUtcNow(), result.Receipt), null);
    }

    /// <summary>Whether a consent is what is asked for: the same use, at least these fields, and at least this kind.</summary>
    private static bool Covers(ConsentRecord known, ConsentBatchItem item, string recipient, ConsentKind kind, ConsentPeriod? period) =>
        known.Recipient == recipient && known.Purpose == item.Purpose && known.Dataset == item.Dataset && known.Notice == item.Notice
        && item.Fields.Count > 0 && item.Fields.All(known.Fields.Contains) && known.Kind >= kind
        && known.MaxUses == item.MaxUses && known.Period == period;
}
