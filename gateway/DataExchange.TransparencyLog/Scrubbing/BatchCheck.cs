using DataExchange.Merkle;
using DataExchange.TransparencyLog.Stores;

namespace DataExchange.TransparencyLog.Scrubbing;

/// <summary>Takes one stored batch apart and says, of what does not fit, which part is wrong.</summary>
internal sealed class BatchCheck(ITileStore tiles, Action<ScrubFinding> report)
{
    private const int NamedEntries = 8;

    /// <summary>Checks a batch that begins where the tree ends.</summary>
    /// <returns>Its leaf hashes as they were committed, as far as can be told, and whether its own entries gave them; no hashes when nothing tells them.</returns>
    public async ValueTask<(IReadOnlyList<MerkleHash>? Hashes, bool IsSound)> HashAsync(CompactRange before, LogBatch batch, CancellationToken cancellationToken)
    {
        if (!IsFramed(batch.Sealed, batch.Count, wide: true) || !IsFramed(batch.Keys, batch.Count, wide: false))
        {
            // The tree does not cover these columns, and only their owner's key could tell more than that they can be taken apart.
            report(new ScrubFinding(FindingKind.Framing, $"the sealed records or search keys of the entries {Name(batch)} cannot be taken apart."));
        }

        var computed = Hash(batch);
        if (computed is not null && IsRoot(before, computed, batch))
        {
            return (computed, true);
        }

        var stored = await StoredAsync(tiles, batch.FirstIndex, batch.Count, cancellationToken);
        if (stored is not null && IsRoot(before, stored, batch))
        {
            report(new ScrubFinding(FindingKind.Entry, $"of the entries {Name(batch)}, {Changed(batch.FirstIndex, computed, stored)} not what was committed."));
            return (stored, false);
        }

        if (computed is not null && stored is not null && computed.SequenceEqual(stored))
        {
            report(new ScrubFinding(FindingKind.BatchRoot, $"the root stored with the entries {Name(batch)} is not theirs; the entries agree with the tiles."));
            return (computed, false);
        }

        report(new ScrubFinding(FindingKind.Batch, $"the entries {Name(batch)} do not hash to the root that was committed with them."));
        return (computed ?? stored, false);
    }

    /// <summary>Leaf hashes out of the stored tiles of the lowest level; null when not all of them are stored.</summary>
    public static async ValueTask<IReadOnlyList<MerkleHash>?> StoredAsync(ITileStore tiles, long first, long count, CancellationToken cancellationToken)
    {
        var hashes = new List<MerkleHash>();
        for (var index = first; index < first + count;)
        {
            var (tile, place) = Math.DivRem(index, TileId.FullWidth);
            if (await tiles.ReadTileAsync(0, tile, cancellationToken) is not { Length: TileId.FullWidth * MerkleHash.Size } bytes)
            {
                return null;
            }

            for (; place < TileId.FullWidth && index < first + count; place++, index++)
            {
                hashes.Add(new MerkleHash(bytes.Span.Slice((int)place * MerkleHash.Size, MerkleHash.Size)));
            }
        }

        return hashes;
    }

    private static bool IsRoot(CompactRange before, IReadOnlyList<MerkleHash> hashes, LogBatch batch) => before.Extend(hashes).After.Root() == batch.Root;

    private static MerkleHash[]? Hash(LogBatch batch)
    {
        if (!IsFramed(batch.Leaves, batch.Count, wide: false))
        {
            return null;
        }

        var leaves = new ReadOnlyMemory<byte>[batch.Count];
        var rest = batch.Leaves;
        for (var i = 0; i < leaves.Length; i++)
        {
            leaves[i] = Prefixed.TakeU16(ref rest);
        }

        var hashes = new MerkleHash[leaves.Length];
        TreeHasher.Leaves(leaves, hashes);
        return hashes;
    }

    private static bool IsFramed(ReadOnlyMemory<byte> column, int count, bool wide)
    {
        try
        {
            for (var i = 0; i < count; i++)
            {
                _ = wide ? Prefixed.TakeU32(ref column) : Prefixed.TakeU16(ref column);
            }

            return column.IsEmpty;
        }
        catch (LogCorruptException)
        {
            return false;
        }
    }

    private static string Changed(long first, MerkleHash[]? computed, IReadOnlyList<MerkleHash> stored)
    {
        if (computed is null)
        {
            return "some cannot be taken apart and are";
        }

        long[] changed = [.. Enumerable.Range(0, computed.Length).Where(i => computed[i] != stored[i]).Select(i => first + i)];
        var named = string.Join(", ", changed.Take(NamedEntries));
        return changed.Length > NamedEntries ? $"{changed.Length} ({named}, …) are" : $"{named} {(changed.Length == 1 ? "is" : "are")}";
    }

    private static string Name(LogBatch batch) => $"{batch.FirstIndex} to {batch.EndIndex - 1}";
}
