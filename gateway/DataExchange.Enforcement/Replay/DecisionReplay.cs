using System.Text.Json;
using DataExchange.Contracts.Log;
using DataExchange.Contracts.Records;
using DataExchange.Enforcement.Buffers;
using DataExchange.Enforcement.Governance;
using DataExchange.Enforcement.Subjects;
using DataExchange.Policy.Decisions;
using DataExchange.TransparencyLog;

namespace DataExchange.Enforcement.Replay;

/// <summary>Decides logged requests again, under the rules of their time (P-REPLAY).</summary>
public sealed class DecisionReplay(RegionLogs logs, SubjectVault vault, GovernanceLedger ledger)
{
    /// <summary>Replays the decision of an intent or a refusal.</summary>
    /// <param name="decision">Its id: the entry's index in the access log.</param>
    /// <param name="subject">Whom it was about. The log does not say, and nobody who does not know can open the entry.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null when there is no such entry, it holds no decision, or it is about somebody else.</returns>
    public async ValueTask<ReplayedDecision?> ReplayAsync(long decision, SubjectRef subject, CancellationToken cancellationToken)
    {
        if (decision < 0)
        {
            return null;
        }

        var person = await vault.ResolveAsync(subject, cancellationToken);
        await foreach (var entry in logs.Access.ReadAsync(decision, 1, cancellationToken))
        {
            return RecordSealer.TryOpen(person, entry, out var opened) && opened.Leaf.Kind is LeafKinds.AccessRequested or LeafKinds.AccessRefused
                ? await ReplayAsync(entry.Index, opened, person, cancellationToken)
                : null;
        }

        return null;
    }

    private async ValueTask<ReplayedDecision> ReplayAsync(long index, OpenedRecord opened, Subject subject, CancellationToken cancellationToken)
    {
        var record = JsonElement.Parse(opened.Record.Span);
        var governance = record.GetProperty("governance").GetInt64();
        var timeMs = record.GetProperty("decided").GetInt64();
        var request = DecisionRecord.ReadRequest(record.GetProperty("request"), subject.Token);

        var snapshot = await ledger.AtAsync(governance, subject.Token, cancellationToken);
        var again = PolicyDecisionPoint.Decide(request, snapshot, DateTimeOffset.FromUnixTimeMilliseconds(timeMs));
        return new ReplayedDecision(
            index, opened.Leaf.Kind, governance, timeMs, CanonicalJson.Canonicalize(record.GetProperty("decision")), Canonical(again));
    }

    private static byte[] Canonical(Decision decision)
    {
        using var output = new PooledBuffer();
        DecisionRecord.WriteDecision(new CanonicalJsonWriter(output), decision);
        return output.Span.ToArray();
    }
}
