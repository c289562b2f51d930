using System.Numerics;

namespace DataExchange.Merkle;

/// <summary>Which nodes make up a proof, in the proof's order. Where their hashes come from is the caller's business.</summary>
internal static class ProofPaths
{
    /// <summary>Most nodes of an inclusion proof: a tree of less than 2^63 leaves has no longer path.</summary>
    public const int MaxInclusion = 63;

    /// <summary>RFC 6962 §2.1.1: the siblings on the way from the leaf to the root.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such leaf at that size.</exception>
    public static List<TreeNode> Inclusion(long index, long size)
    {
        Span<TreeNode> path = stackalloc TreeNode[MaxInclusion];
        return [.. path[..Inclusion(index, size, path)]];
    }

    /// <summary>The same into memory of the caller's; returns how many there are, at most <see cref="MaxInclusion"/>.</summary>
    /// <inheritdoc cref="Inclusion(long, long)" path="/exception"/>
    public static int Inclusion(long index, long size, Span<TreeNode> path)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        return Siblings(new TreeNode(0, index), size, path);
    }

    /// <summary>RFC 6962 §2.1.2: what joins the old tree's right edge to the new root.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The old size is negative or larger than the new.</exception>
    public static List<TreeNode> Consistency(long oldSize, long newSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(oldSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(oldSize, newSize);
        if (oldSize == 0 || oldSize == newSize)
        {
            return [];
        }

        // The lowest complete subtree on the old right edge stands in both trees: the path starts there. When it is
        // the whole old tree, the verifier knows its hash already.
        var level = BitOperations.TrailingZeroCount(oldSize);
        var seed = new TreeNode(level, (oldSize >> level) - 1);
        Span<TreeNode> path = stackalloc TreeNode[MaxInclusion];
        path = path[..Siblings(seed, newSize, path)];
        return seed.Index == 0 ? [.. path] : [seed, .. path];
    }

    private static int Siblings(TreeNode node, long size, Span<TreeNode> path)
    {
        var count = 0;
        var rootLevel = TreeNode.RootLevel(size);
        for (; node.Level < rootLevel; node = new TreeNode(node.Level + 1, node.Index >> 1))
        {
            var sibling = node with { Index = node.Index ^ 1 };

            // A right sibling that starts at or beyond the end does not exist; RFC 6962 skips the level.
            if (sibling.Index <= (size - 1) >> sibling.Level)
            {
                path[count++] = sibling;
            }
        }

        return count;
    }
}
