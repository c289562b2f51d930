using DataExchange.Merkle;
using DataExchange.TransparencyLog.Following;
using DataExchange.TransparencyLog.Stores;

namespace DataExchange.TransparencyLog.Adoption;

/// <summary>A log that is to be retired, read from its batches alone: what is derived may belong to another history.</summary>
/// <param name="Head">Where it ends; its entries hash to it.</param>
/// <param name="Roots">The root at each size that was asked for and is not beyond the end.</param>
internal sealed record StoredLog(LogHead Head, IReadOnlyDictionary<long, MerkleHash> Roots)
{
    /// <summary>Hashes all of it.</summary>
    /// <exception cref="LogCorruptException">The batches do not make the head.</exception>
    public static async Task<StoredLog> ReadAsync(ILogStore store, IEnumerable<long> sizes, CancellationToken cancellationToken)
    {
        var head = await store.ReadHeadAsync(cancellationToken);
        var wanted = new SortedSet<long>(sizes);
        var roots = new Dictionary<long, MerkleHash> { [0] = TreeHasher.EmptyRoot };
        var range = CompactRange.Empty;
        await foreach (var batch in BatchesAsync(store, head.Size, BatchParts.Leaves, cancellationToken))
        {
            var before = range;
            (range, var hashes) = BatchReader.Extend(range, batch, head.Size);
            foreach (var size in wanted.GetViewBetween(before.Size + 1, range.Size))
            {
                roots[size] = size == range.Size ? range.Root() : before.Extend([.. hashes.Take((int)(size - before.Size))]).After.Root();
            }
        }

        return range.Size == head.Size && range.Root() == head.Range.Root()
            ? new StoredLog(head, roots)
            : throw new LogCorruptException($"The stored entries do not make the head at {head.Size} entries. Restore exchange.db from a backup that dx fsck accepts.");
    }

    /// <summary>Whether the checkpoint is of a tree that what is stored is not an extension of.</summary>
    public bool Contradicts(Checkpoint checkpoint) => !Roots.TryGetValue(checkpoint.Size, out var root) || root != checkpoint.Root;

    public static async IAsyncEnumerable<LogBatch> BatchesAsync(
        ILogStore store, long size, BatchParts parts, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var next = 0L; next < size;)
        {
            var read = await store.ReadAsync(next, size - next, parts, cancellationToken);
            if (read.Count == 0)
            {
                throw new LogCorruptException($"Entry {next} is missing: no stored batch holds it.");
            }

            foreach (var batch in read)
            {
                yield return batch;
                next = batch.EndIndex;
            }
        }
    }
}
