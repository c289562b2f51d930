using System.Collections.Concurrent;
using DataExchange.Cli.Rebuild;
using DataExchange.Contracts.Log;
using DataExchange.Contracts.Scorecards;
using DataExchange.Merkle;

namespace DataExchange.Cli.Scorecards;

/// <summary>
/// Takes from one log, while it is verified, what a month's scorecard needs: how many sealed entries of each kind there are, the open ones,
/// and whether the facts stand where they say.
/// </summary>
internal sealed class LeafSink(bool isAccess, ScorecardPeriod period, FactFile? facts) : IRebuildSink
{
    private readonly ConcurrentDictionary<long, Leaf> _open = [];
    private readonly ConcurrentDictionary<(long Bundle, string Kind), long> _sealed = [];
    private readonly ConcurrentDictionary<long, bool> _found = [];

    /// <summary>Only entries before this count: those that the card covers.</summary>
    public required long End { get; init; }

    /// <summary>Open entries in the order of the log.</summary>
    public IEnumerable<KeyValuePair<long, Leaf>> Open => _open.OrderBy(entry => entry.Key);

    /// <summary>Sealed entries of the month, by kind.</summary>
    public IReadOnlyDictionary<string, long> Sealed => _sealed.GroupBy(count => count.Key.Kind, StringComparer.Ordinal).ToDictionary(kind => kind.Key, kind => kind.Sum(count => count.Value), StringComparer.Ordinal);

    /// <summary>Whether the log holds, at its index, the leaf of a fact.</summary>
    public bool Holds(long index) => _found.GetValueOrDefault(index);

    public ValueTask BundleAsync(TileId bundle, ReadOnlyMemory<byte> entries, ReadOnlyMemory<byte> hashes, CancellationToken cancellationToken)
    {
        var index = bundle.Index * TileId.FullWidth;
        foreach (var entry in EntryBundle.Split(entries))
        {
            Take(index++, entry, bundle.Index);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask TileAsync(TileId tile, ReadOnlyMemory<byte> hashes, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    private void Take(long index, ReadOnlyMemory<byte> entry, long bundle)
    {
        if (index >= End)
        {
            return;
        }

        if (facts?.LeafAt(isAccess, index) is { } claimed)
        {
            _found[index] = entry.Span.SequenceEqual(claimed);
        }

        if (!Leaf.TryDecode(entry, out var leaf))
        {
            return;
        }

        if (leaf.IsOpen)
        {
            // The memory is used again for the next bundle.
            if (!isAccess && Leaf.TryDecode(entry.ToArray(), out var kept))
            {
                _open[index] = kept;
            }
        }
        else if (leaf.TimeMs >= period.StartMs && leaf.TimeMs < period.EndMs)
        {
            _sealed.AddOrUpdate((bundle, leaf.Kind), 1, static (_, count) => count + 1);
        }
    }
}
