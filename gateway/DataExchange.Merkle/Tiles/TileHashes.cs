using System.Numerics;

namespace DataExchange.Merkle;

/// <summary>Hashing of the subtree of height 8 that a tile spans.</summary>
internal static class TileHashes
{
    /// <summary>Levels of a tree that one level of tiles spans.</summary>
    public const int Height = 8;

    /// <summary>The hash at a place of a tile.</summary>
    public static MerkleHash At(ReadOnlySpan<byte> tile, int place) => new(tile.Slice(place * MerkleHash.Size, MerkleHash.Size));

    /// <summary>The root over 1, 2, 4, … 256 hashes.</summary>
    public static MerkleHash Fold(ReadOnlySpan<byte> hashes)
    {
        var count = hashes.Length / MerkleHash.Size;
        Span<MerkleHash> nodes = stackalloc MerkleHash[TileId.FullWidth];
        for (var i = 0; i < count; i++)
        {
            nodes[i] = At(hashes, i);
        }

        for (; count > 1; count /= 2)
        {
            TreeHasher.Nodes(nodes[..count], nodes[..(count / 2)]);
        }

        return nodes[0];
    }

    /// <summary>Joins the hashes of a partial tile, which end at the tree's end, with what lies to their right.</summary>
    public static MerkleHash? JoinFromRight(ReadOnlySpan<byte> hashes, MerkleHash? right)
    {
        var rest = hashes.Length / MerkleHash.Size;
        while (rest > 0)
        {
            var width = 1 << BitOperations.TrailingZeroCount(rest);
            rest -= width;
            var left = Fold(hashes.Slice(rest * MerkleHash.Size, width * MerkleHash.Size));
            right = right is { } joined ? TreeHasher.Node(left, joined) : left;
        }

        return right;
    }

    /// <summary>Adds the roots of the widest complete subtrees of a partial tile, the narrowest first.</summary>
    public static void SplitFromRight(ReadOnlySpan<byte> hashes, List<MerkleHash> nodes)
    {
        for (var rest = hashes.Length / MerkleHash.Size; rest > 0; rest &= rest - 1)
        {
            var width = 1 << BitOperations.TrailingZeroCount(rest);
            nodes.Add(Fold(hashes.Slice((rest - width) * MerkleHash.Size, width * MerkleHash.Size)));
        }
    }
}
