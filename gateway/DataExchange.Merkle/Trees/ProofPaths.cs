using System.Numerics;

namespace DataExchange.Merkle;

/// <summary>Which nodes make up a proof, in the proof's order. Where their hashes come from is the caller's business.</summary>
internal static class ProofPaths
{
    /// <summary>RFC 6962 §2.1.1: the siblings on the way from the leaf to the root.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such leaf at that size.</exception>
    public static List<TreeNode> Inclusion(long index, long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        return Siblings(new TreeNode(0, index), size);
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
        var path = Siblings(seed, newSize);
        if (seed.Index != 0)
        {
            path.Insert(0, seed);
        }

        return path;
    }

    private static List<TreeNode> Siblings(TreeNode node, long size)
    {
        var rootLevel = TreeNode.RootLevel(size);
        var path = new List<TreeNode>(rootLevel + 1);
        for (; node.Level < rootLevel; node = new TreeNode(node.Level + 1, node.Index >> 1))
        {
            var sibling = node with { Index = node.Index ^ 1 };

            // A right sibling that starts at or beyond the end does not exist; RFC 6962 skips the level.
            if (sibling.Index <= (size - 1) >> sibling.Level)
            {
                path.Add(sibling);
            }
        }

        return path;
    }
}
