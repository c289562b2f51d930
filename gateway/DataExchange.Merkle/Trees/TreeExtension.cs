using System.Numerics;

namespace DataExchange.Merkle;

/// <summary>
/// A batch of leaves appended to a <see cref="CompactRange"/>: the new range, and inclusion proofs of the batch's own leaves
/// without any storage. Immutable, so safe for many threads.
/// </summary>
/// <remarks>
/// The new right edge needs every interior node above the new leaves once; they are kept, and proofs only read them.
/// </remarks>
public sealed class TreeExtension
{
    /// <summary>Most hashes of an inclusion proof.</summary>
    public const int MaxProof = ProofPaths.MaxInclusion;

    private readonly CompactRange _before;

    // Level by level, every node that holds a new leaf: indexes FirstIndex >> level to (size - 1) >> level. The last of a
    // level may be cut off by the end of the tree. _starts[level] is the position of the level's first.
    private readonly MerkleHash[] _nodes;
    private readonly int[] _starts;

    internal TreeExtension(CompactRange before, IReadOnlyList<MerkleHash> leafHashes)
    {
        _before = before;
        var size = checked(before.Size + leafHashes.Count);
        if (leafHashes.Count == 0)
        {
            (_nodes, _starts, After) = ([], [], before);
            return;
        }

        _starts = Layout(FirstIndex, size, out var total);
        _nodes = new MerkleHash[total];
        for (var i = 0; i < leafHashes.Count; i++)
        {
            _nodes[i] = leafHashes[i];
        }

        for (var level = 1; level < _starts.Length; level++)
        {
            HashLevel(level, size);
        }

        After = new CompactRange(size, RightEdge(size), _nodes[^1]);
    }

    /// <summary>Index of the batch's first leaf.</summary>
    public long FirstIndex => _before.Size;

    /// <summary>The tree with the batch.</summary>
    public CompactRange After { get; }

    /// <summary>The inclusion proof of a leaf of this batch in the tree of size <c>After.Size</c>. Safe to call from many threads.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The leaf is not of this batch.</exception>
    public IReadOnlyList<MerkleHash> InclusionProof(long index)
    {
        Span<MerkleHash> proof = stackalloc MerkleHash[MaxProof];
        return proof[..InclusionProof(index, proof)].ToArray();
    }

    /// <summary>The same into memory of the caller's, of <see cref="MaxProof"/> hashes; returns how many there are.</summary>
    /// <inheritdoc cref="InclusionProof(long)" path="/exception"/>
    public int InclusionProof(long index, Span<MerkleHash> proof)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(index, FirstIndex);
        Span<TreeNode> path = stackalloc TreeNode[ProofPaths.MaxInclusion];
        var count = ProofPaths.Inclusion(index, After.Size, path);
        for (var i = 0; i < count; i++)
        {
            proof[i] = At(path[i]);
        }

        return count;
    }

    private static int[] Layout(long first, long size, out int total)
    {
        var starts = new int[TreeNode.RootLevel(size) + 1];
        total = 0;
        for (var level = 0; level < starts.Length; level++)
        {
            starts[level] = total;
            total = checked(total + (int)(((size - 1) >> level) - (first >> level)) + 1);
        }

        return starts;
    }

    private void HashLevel(int level, long size)
    {
        var (first, last) = (FirstIndex >> level, (size - 1) >> level);
        var parents = _nodes.AsSpan(Position(level, first), (int)(last - first) + 1);

        // Only the last can lack its right child: then it is its left one.
        if ((2 * last) + 1 > (size - 1) >> (level - 1))
        {
            parents[^1] = At(new TreeNode(level - 1, 2 * last));
            parents = parents[..^1];
        }

        Span<MerkleHash> children = stackalloc MerkleHash[2 * Sha256Lanes.Count];
        for (var index = 2 * first; !parents.IsEmpty;)
        {
            var count = Math.Min(parents.Length, Sha256Lanes.Count);
            for (var i = 0; i < 2 * count; i++, index++)
            {
                children[i] = At(new TreeNode(level - 1, index));
            }

            TreeHasher.Nodes(children[..(2 * count)], parents[..count]);
            parents = parents[count..];
        }
    }

    private MerkleHash[] RightEdge(long size)
    {
        var edge = new MerkleHash[BitOperations.PopCount((ulong)size)];
        var position = edge.Length;
        for (var bits = size; bits != 0; bits &= bits - 1)
        {
            var level = BitOperations.TrailingZeroCount(bits);
            edge[--position] = At(new TreeNode(level, (size >> level) - 1));
        }

        return edge;
    }

    // A node without new leaves that a new leaf's path touches is always one of the old right edge: its parent holds new leaves.
    private MerkleHash At(TreeNode node) =>
        node.IsComplete(FirstIndex) ? _before.At(node.Level) : _nodes[Position(node.Level, node.Index)];

    private int Position(int level, long index) => _starts[level] + (int)(index - (FirstIndex >> level));
}
