using DataExchange.Merkle;
using DataExchange.TransparencyLog.Stores;

namespace DataExchange.TransparencyLog.Following;

/// <summary>Takes a stored batch apart, and refuses one that does not fit.</summary>
internal static class BatchReader
{
    /// <summary>Hashes the batch's leaves onto a tree that ends before or inside it.</summary>
    /// <returns>The tree that ends with the batch, and the hashes of the leaves that were new to it.</returns>
    public static (CompactRange Range, IReadOnlyList<MerkleHash> LeafHashes) Extend(CompactRange range, LogBatch batch, long size)
    {
        ThrowUnlessHolds(batch, range.Size);
        if (batch.EndIndex > size)
        {
            throw new LogCorruptException($"The batch at {batch.FirstIndex} ends at {batch.EndIndex}, beyond the log's head or signed checkpoint of {size} entries.");
        }

        var known = (int)(range.Size - batch.FirstIndex);
        var leaves = new ReadOnlyMemory<byte>[batch.Count];
        var rest = batch.Leaves;
        for (var i = 0; i < leaves.Length; i++)
        {
            leaves[i] = Prefixed.TakeU16(ref rest);
        }

        var hashes = new MerkleHash[batch.Count - known];
        TreeHasher.Leaves(leaves.AsSpan(known), hashes);

        var after = range.Extend(hashes).After;
        return rest.IsEmpty && after.Root() == batch.Root
            ? (after, hashes)
            : throw new LogCorruptException($"The entries {batch.FirstIndex} to {batch.EndIndex - 1} do not hash to the root that was committed with them.");
    }

    /// <exception cref="LogCorruptException">There is a gap before the batch.</exception>
    public static void ThrowUnlessHolds(LogBatch batch, long index)
    {
        if (batch.FirstIndex > index || batch.EndIndex <= index)
        {
            throw new LogCorruptException($"Entry {index} is missing: the next stored batch holds {batch.FirstIndex} to {batch.EndIndex - 1}.");
        }
    }

    /// <summary>The entries of a batch from <paramref name="first"/> on.</summary>
    public static IEnumerable<StoredEntry> Entries(LogBatch batch, long first)
    {
        var (leaves, records, keys) = (batch.Leaves, batch.Sealed, batch.Keys);
        for (var index = batch.FirstIndex; index < batch.EndIndex; index++)
        {
            var entry = new StoredEntry(index, Prefixed.TakeU16(ref leaves), Prefixed.TakeU32(ref records), Prefixed.TakeU16(ref keys));
            if (index >= first)
            {
                yield return entry;
            }
        }
    }

    /// <summary>The bytes of an entry bundle that stand in this batch: entries from <paramref name="first"/> up to <paramref name="end"/>.</summary>
    public static ReadOnlyMemory<byte> Bundle(LogBatch batch, long first, long end)
    {
        var rest = batch.Leaves;
        for (var index = batch.FirstIndex; index < first; index++)
        {
            Prefixed.TakeU16(ref rest);
        }

        var bundle = rest;
        for (var index = Math.Max(first, batch.FirstIndex); index < Math.Min(end, batch.EndIndex); index++)
        {
            Prefixed.TakeU16(ref rest);
        }

        return bundle[..^rest.Length];
    }
}
