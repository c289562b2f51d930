using System.Numerics;

namespace DataExchange.Merkle.Tests.Trees;

/// <summary>Trees whose leaves are all alike: one hash a level, so trees of any size can be worked with.</summary>
internal static class Uniform
{
    private static readonly MerkleHash[] Levels = MakeLevels();

    public static MerkleHash Leaf => Levels[0];

    /// <summary>The hash of 2^level leaves.</summary>
    public static MerkleHash Complete(int level) => Levels[level];

    /// <summary>MTH by RFC 6962's own recursion.</summary>
    public static MerkleHash Root(long size)
    {
        if (size == 0)
        {
            return TreeHasher.EmptyRoot;
        }

        var level = BitOperations.Log2((ulong)size);
        var rest = size - (1L << level);
        return rest == 0 ? Levels[level] : TreeHasher.Node(Levels[level], Root(rest));
    }

    public static CompactRange Range(long size) => CompactRange.FromBytes(
        size,
        [.. Enumerable.Range(0, 63).Reverse().Where(level => (size >> level & 1) == 1).SelectMany(level => Levels[level].ToArray())]);

    private static MerkleHash[] MakeLevels()
    {
        var levels = new MerkleHash[63];
        levels[0] = TreeHasher.Leaf("alike"u8);
        for (var level = 1; level < levels.Length; level++)
        {
            levels[level] = TreeHasher.Node(levels[level - 1], levels[level - 1]);
        }

        return levels;
    }
}
