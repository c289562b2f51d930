using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using DataExchange.Contracts.Cases;
using DataExchange.Contracts.Log;
using DataExchange.Contracts.Problems;
using DataExchange.Contracts.Records;
using DataExchange.Enforcement.Cases;
using DataExchange.Enforcement.Governance;
using DataExchange.Enforcement.Problems;
using DataExchange.Enforcement.Subjects;
using DataExchange.Policy.Cases;
using DataExchange.Policy.Decisions;
using DataExchange.Policy.Matters;
using DataExchange.TransparencyLog;
using Microsoft.AspNetCore.Http.Features;

namespace DataExchange.Gateway.Cases.Gathering;

/// <summary>
/// One gathering: an event <c>case</c> as it stands, an event <c>need</c> for each need as it ends, and at the end the <c>case</c> with the
/// results in it, or the <c>problem</c> that kept them out.
/// </summary>
/// <remarks>
/// Results are entered once, at the end, for the needs that were handed over: an entry of the governance log makes every release that is
/// under way decide again. A crash before leaves releases in the access log and the needs missing in the case, and the next gathering asks
/// for them again. Likewise where the caller hangs up: what it may not have received stays missing.
/// </remarks>
internal sealed class GatherRun(
    CaseGather gather, GovernanceLedger ledger, TimeProvider clock, VisibleCase visible, Subject subject, IReadOnlyList<MatterNeed> needs, SubjectRef number, HttpContext context)
{
    public async IAsyncEnumerable<SseItem<object>> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var matter = visible.Matter.Matter;
        yield return new SseItem<object>(CaseViews.Show(visible, clock.GetUtcNow()), "case");

        var handedOver = new List<NeedResult>();
        SseItem<object>? last = null;
        try
        {
            await foreach (var ended in gather.RunAsync(context, context.Features.GetRequiredFeature<Actor>(), number, visible.Case.Id, needs, cancellationToken))
            {
                var result = ResultOf(ended);
                yield return new SseItem<object>(Show(ended, result, matter), "need");
                if (result is not null)
                {
                    handedOver.Add(result);
                }
            }
        }
        finally
        {
            if (handedOver.Count > 0)
            {
                last = await RecordAsync(handedOver, matter);
            }
        }

        yield return last ?? new SseItem<object>(CaseViews.Show(visible, clock.GetUtcNow()), "case");
    }

    // Not under the caller's token: the records are with the caller, and the case is to say so.
    private async Task<SseItem<object>> RecordAsync(IReadOnlyList<NeedResult> results, Matter matter)
    {
        try
        {
            var recorded = await ledger.ExecuteAsync(
                new RecordResults { Id = visible.Case.Id, By = visible.By, Subject = subject.Handle, Results = results }, subject, CancellationToken.None);
            return recorded.Problem is null
                ? new SseItem<object>(CaseViews.Show(recorded.Rules!.Cases.Find(visible.Case.Id)!, matter, recorded.Rules, clock.GetUtcNow(), recorded.Receipt), "case")
                : new SseItem<object>(recorded.ToProblem().Problem, "problem");
        }
        catch (LogUnavailableException)
        {
            // The log says why in its own lines. The results are not in the case, so the needs are missing still.
            return new SseItem<object>(Problem.Of(ProblemSlugs.AuditUnavailable), "problem");
        }
    }

    /// <summary>What the case keeps; null where the need is not answered.</summary>
    private static NeedResult? ResultOf(GatheredNeed ended) => ended switch
    {
        { Answer: { } answer } => new NeedResult
        {
            Need = ended.Need.Code,
            Outcome = NeedOutcome.Released,
            Decision = Number(answer.Decision),
            Receipt = answer.Receipt.Index,
            Digest = Convert.ToBase64String(SHA256.HashData(CanonicalJson.Canonicalize(answer.Record))),
        },

        // Of two ways not to find, only the provider's own is an answer: it has a decision behind it.
        { Problem: { Decision: { } decision, Receipt: { } receipt } problem } when ended.Need.AbsenceAnswers && problem.Code == ProblemSlugs.NotFound.Code && IsFailure(receipt) => new NeedResult
        {
            Need = ended.Need.Code,
            Outcome = NeedOutcome.NoRecord,
            Decision = Number(decision),
            Receipt = receipt.Index,
        },
        _ => null,
    };

    private static bool IsFailure(Receipt receipt) => Leaf.TryDecode(Convert.FromBase64String(receipt.Leaf), out var leaf) && leaf.Kind == LeafKinds.AccessFailed;

    private static GatheredNeedView Show(GatheredNeed ended, NeedResult? result, Matter matter) => new()
    {
        Need = ended.Need.Code,
        Outcome = result?.Outcome switch { NeedOutcome.Released => "released", NeedOutcome.NoRecord => "no-record", _ => "refused" },
        Answer = ended.Answer,
        Form = ended.Answer is { } answer ? Fill(answer.Record, ended.Need, matter) : null,
        Problem = ended.Problem,
    };

    private static Dictionary<string, JsonElement> Fill(JsonElement record, MatterNeed need, Matter matter)
    {
        var form = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var entry in matter.Form.Where(entry => entry.Need == need.Code))
        {
            if (record.TryGetProperty(entry.Field, out var value))
            {
                form[entry.Position] = value;
            }
        }

        return form;
    }

    private static long Number(string decision) => long.Parse(decision, NumberStyles.None, CultureInfo.InvariantCulture);
}
