using DataExchange.Contracts.Log;
using DataExchange.Enforcement.Subjects;
using DataExchange.Policy.Events;
using DataExchange.TransparencyLog;

namespace DataExchange.Enforcement.Governance;

/// <summary>The founding events at the beginning of the governance log.</summary>
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
        var present = (int)Math.Min(log.Latest.Size, expected.Count);
        await foreach (var entry in log.ReadAsync(0, present, cancellationToken))
        {
            Compare(entry, expected[(int)entry.Index]);
        }

        // Queued in order, so appended in order; awaited together, so committed in few batches.
        var appends = expected.Skip(present).Select(@event => log.AppendAsync(ToEntry(@event, clock), cancellationToken).AsTask()).ToArray();
        await Task.WhenAll(appends);
    }

    /// <summary>The leaf of a stored entry.</summary>
    /// <exception cref="GovernanceException">It is not one of ours.</exception>
    public static Leaf Decode(StoredEntry entry) => Leaf.TryDecode(entry.Leaf, out var leaf)
        ? leaf
        : throw new GovernanceException($"Entry {entry.Index} of the governance log is not a leaf that this version can read.");

    /// <summary>The entry of an open event.</summary>
    public static LogEntry ToEntry(GovernanceEvent @event, LogClock clock) => new()
    {
        Leaf = Leaf.Encode(@event.Kind, clock.NowMs(), default, GovernanceRecords.Write(@event)),
        Changes = @event is WitnessesAppointed appointed ? [WitnessRegister.Change(appointed)] : [],
    };

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
