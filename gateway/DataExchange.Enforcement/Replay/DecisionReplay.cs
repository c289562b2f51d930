using System.Text.Json;
using DataExchange.Contracts.Log;
using DataExchange.Contracts.Records;
using DataExchange.Enforcement.Buffers;
using DataExchange.Enforcement.Governance;
using DataExchange.Enforcement.Subjects;
using DataExchange.Policy.Decisions;
using DataExchange.Policy.Explanations;
using DataExchange.TransparencyLog;

namespace DataExchange.Enforcement.Replay;

/// <summary>Decides logged requests again, under the rules of their time (P-REPLAY).</summary>
public sealed class DecisionReplay(RegionLogs logs, SubjectVault vault, GovernanceLedger ledger)
{
    /// <summary>Replays the decision of an intent, a refusal or an evaluation.</summary>
    /// <param name="decision">Its id: the entry's index in the access log.</param>
    /// <param name="subject">Whom it was about. The log does not say, and nobody who does not know can open the entry.</param>
    /// <param name="mayRead">
    /// Whether the caller may read a decision asked for by this member (null: the client was registered to none). Asked before anything is
    /// replayed: a caller who may not learns nothing, not even from the time that it took.
    /// </param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null when there is no such entry, it holds no decision, it is about somebody else, or the caller may not read it.</returns>
    public async ValueTask<ReplayedDecision?> ReplayAsync(long decision, SubjectRef subject, Func<string?, bool> mayRead, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(mayRead);
        if (decision < 0 || await vault.FindAsync(subject, cancellationToken) is not { } person)
        {
            return null;
        }

        await foreach (var entry in logs.Access.ReadAsync(decision, 1, cancellationToken))
        {
            return RecordSealer.TryOpen(person, entry, out var opened) && opened.Leaf.Kind is LeafKinds.AccessRequested or LeafKinds.AccessRefused or LeafKinds.AccessEvaluated
                ? await ReplayAsync(entry.Index, opened, person, mayRead, cancellationToken)
                : null;
        }

        return null;
    }

    private async ValueTask<ReplayedDecision?> ReplayAsync(long index, OpenedRecord opened, Subject subject, Func<string?, bool> mayRead, CancellationToken cancellationToken)
    {
        var record = JsonElement.Parse(opened.Record.Span);
        if (!mayRead(record.TryGetProperty("consumer", out var consumer) ? consumer.GetString() : null))
        {
            return null;
        }

        var governance = record.GetProperty("governance").GetInt64();
        var timeMs = record.GetProperty("decided").GetInt64();
        var request = DecisionRecord.ReadRequest(record.GetProperty("request"), subject.Handle);

        var origins = new RuleOrigins();
        var snapshot = await ledger.AtAsync(governance, subject.Handle, origins, cancellationToken);
        var again = PolicyDecisionPoint.Trace(request, snapshot, DateTimeOffset.FromUnixTimeMilliseconds(timeMs));
        return new ReplayedDecision(
            index, opened.Leaf.Kind, governance, timeMs, CanonicalJson.Canonicalize(record.GetProperty("decision")), Canonical(again.Decision), again, origins);
    }

    private static byte[] Canonical(Decision decision)
    {
        using var output = new PooledBuffer();
        DecisionRecord.WriteDecision(new CanonicalJsonWriter(output), decision);
        return output.Span.ToArray();
    }
}
