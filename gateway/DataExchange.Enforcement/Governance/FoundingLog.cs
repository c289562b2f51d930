using DataExchange.Contracts.Log;
using DataExchange.Enforcement.Subjects;
using DataExchange.Policy.Events;
using DataExchange.Policy.Personal;
using DataExchange.Policy.Rules;
using DataExchange.TransparencyLog;

namespace DataExchange.Enforcement.Governance;

/// <summary>The founding events at the beginning of the governance log, behind what says that it took a retired one's place.</summary>
internal static class FoundingLog
{
    /// <summary>
    /// Compares the events with the log entry by entry, and appends those that are not there yet. A start that was killed midway left a
    /// prefix, which is compared like any other.
    /// </summary>
    /// <exception cref="GovernanceException">An entry differs.</exception>
    public static async Task EnsureAsync(ITransparencyLog log, IEnumerable<GovernanceEvent> events, LogClock clock, CancellationToken cancellationToken)
    {
        var expected = events.ToList();
        var first = await AdoptionsAsync(log, cancellationToken);
        var present = (int)Math.Min(log.Latest.Size - first, expected.Count);
        await foreach (var entry in log.ReadAsync(first, present, cancellationToken))
        {
            Compare(entry, expected[(int)(entry.Index - first)]);
        }

        // Queued in order, so appended in order; awaited together, so committed in few batches.
        var appends = expected.Skip(present).Select(@event => log.AppendAsync(ToEntry(@event, clock.NowMs()), cancellationToken).AsTask()).ToArray();
        await Task.WhenAll(appends);
    }

    /// <summary>The leaf of a stored entry.</summary>
    /// <exception cref="GovernanceException">It is not one of ours.</exception>
    public static Leaf Decode(StoredEntry entry) => Leaf.TryDecode(entry.Leaf, out var leaf)
        ? leaf
        : throw new GovernanceException($"Entry {entry.Index} of the governance log is not a leaf that this version can read.");

    /// <summary>The rules after an open entry of the log.</summary>
    /// <exception cref="GovernanceException">It changes what only the members can change, and they did not.</exception>
    public static RegionSnapshot Follow(RegionSnapshot rules, GovernanceEvent @event, long index, DateTimeOffset time) => LogBreach.Find(rules, @event, index, time) is { } breach
        ? throw new GovernanceException(
            $"Entry {index} of the governance log, '{@event.Kind}', may not stand there: {breach}. Whoever wrote it went around the members; restore the log from a backup.")
        : rules.Apply(@event, index, time);

    /// <summary>The entry of an open event.</summary>
    public static LogEntry ToEntry(GovernanceEvent @event, long timeMs) => new()
    {
        Leaf = Leaf.Encode(@event.Kind, timeMs, default, GovernanceRecords.Write(@event)),
        Changes = Changes(@event),
    };

    /// <summary>The register row that an event changes. Most open events have none: the log itself is where they are read from.</summary>
    public static IReadOnlyList<StateChange> Changes(GovernanceEvent @event) => @event switch
    {
        PersonalChanged { Record: var record } when PersonalRegisters.Of(@event.Kind) is var register => [new StateChange(register.Name, record.Id, register.WriteRow(record))],
        WitnessesAppointed appointed => [WitnessRegister.Change(appointed)],
        _ => [],
    };

    // One for each time that the log was retired and begun anew; the newest stands first, since the older ones were carried over.
    private static async Task<long> AdoptionsAsync(ITransparencyLog log, CancellationToken cancellationToken)
    {
        var count = 0L;
        await foreach (var entry in log.ReadAsync(0, log.Latest.Size, cancellationToken))
        {
            if (Decode(entry).Kind != LeafKinds.LogAdopted)
            {
                break;
            }

            count++;
        }

        return count;
    }

    private static void Compare(StoredEntry entry, GovernanceEvent expected)
    {
        var leaf = Decode(entry);
        if (leaf.Kind != expected.Kind || !leaf.Body.Span.SequenceEqual(GovernanceRecords.Write(expected)))
        {
            throw new GovernanceException(
                $"The founding file is not the one this region was founded with: entry {entry.Index} of the governance log is '{leaf.Kind}' " +
                $"with another content than the file's '{expected.Kind}'. Restore the founding file, or name an empty data folder to found a new region.");
        }
    }
}
