using System.Numerics;

namespace DataExchange.Merkle;

/// <summary>
/// A place in a tree: the subtree over leaves <c>[Index·2^Level, (Index+1)·2^Level)</c>, cut off at the tree's size.
/// Its hash is RFC 6962's MTH of those leaves.
/// </summary>
internal readonly record struct TreeNode(int Level, long Index)
{
    /// <summary>First leaf. Callers keep <c>Index·2^Level</c> below a tree's size, so nothing overflows.</summary>
    public long Start => Index << Level;

    /// <summary>Whether all 2^Level leaves exist in a tree of this size.</summary>
    public bool IsComplete(long size) => size >> Level > Index;

    /// <summary>The level of the root of a tree of this size.</summary>
    public static int RootLevel(long size) => size <= 1 ? 0 : 64 - BitOperations.LeadingZeroCount((ulong)(size - 1));
}
