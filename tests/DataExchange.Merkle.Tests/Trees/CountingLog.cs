using System.Buffers.Binary;
using DataExchange.Merkle.Tests.Tiles;

namespace DataExchange.Merkle.Tests.Trees;

/// <summary>The log of <c>contracts/vectors</c>: entry i is i in eight bytes, most significant first.</summary>
internal static class CountingLog
{
    /// <summary>The largest size that a vector asks for.</summary>
    public const int MaxSize = 200_000;

    public static readonly MerkleHash[] LeafHashes = [.. Enumerable.Range(0, MaxSize).Select(i => TreeHasher.Leaf(Entry(i)))];

    /// <summary>Tiles of every size up to the largest.</summary>
    public static readonly TileTree Tree = new(MemoryTiles.Of(LeafHashes, servesNarrower: true));

    public static byte[] Entry(long index)
    {
        var entry = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(entry, index);
        return entry;
    }
}
