using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using DataExchange.Cli.Sources;
using DataExchange.Merkle;

namespace DataExchange.Cli.Rebuild;

/// <summary>
/// Reads and hashes a log's entry bundles on all processors and hands them out in order. Memory is bounded however large the log:
/// so many reads are under way, and so many of them may hold long entries.
/// </summary>
/// <param name="log">Where from.</param>
/// <param name="size">Entries of the tree.</param>
/// <param name="keepLeavesOf">Index of a bundle whose leaf hashes are wanted; -1 for none.</param>
/// <param name="sink">Receives what was read.</param>
internal sealed class BundleReader(LogResources log, long size, long keepLeavesOf, IRebuildSink? sink)
{
    private const int MaxLarge = 6;

    /// <summary>Runs of consecutive bundles, from one on to the end.</summary>
    public async IAsyncEnumerable<IReadOnlyList<HashedBundle>> ReadAsync(long first, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pace = log.Pace;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var large = new SemaphoreSlim(MaxLarge);
        var hashers = new ConcurrentBag<BundleHasher>();
        var ahead = new Queue<Task<IReadOnlyList<HashedBundle>>>(pace.Parallel);
        try
        {
            for (var next = first; ;)
            {
                for (; ahead.Count < pace.Parallel && TileId.WidthAt(TileId.Entries, next, size) > 0; next += pace.Bundles)
                {
                    var start = next;
                    ahead.Enqueue(Task.Run(() => RunAsync(start, pace.Bundles, hashers, large, stop.Token), stop.Token));
                }

                if (ahead.Count == 0)
                {
                    yield break;
                }

                yield return await ahead.Dequeue();
            }
        }
        finally
        {
            // The first failure is the finding; what was under way beyond it is of no interest, but has to end before the source closes.
            await stop.CancelAsync();
            await ((Task)Task.WhenAll(ahead)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<IReadOnlyList<HashedBundle>> RunAsync(
        long first, int count, ConcurrentBag<BundleHasher> hashers, SemaphoreSlim large, CancellationToken cancellationToken)
    {
        if (!hashers.TryTake(out var hasher))
        {
            hasher = new BundleHasher(log, sink, large);
        }

        try
        {
            var run = new List<HashedBundle>(count);
            for (var index = first; index < first + count && TileId.WidthAt(TileId.Entries, index, size) is > 0 and var width; index++)
            {
                run.Add(await hasher.ReadAsync(new TileId(TileId.Entries, index, width), index == keepLeavesOf, cancellationToken));
            }

            return run;
        }
        finally
        {
            hasher.Dispose(); // Gives back what was large; the rest serves again.
            hashers.Add(hasher);
        }
    }
}
