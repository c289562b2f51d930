using System.Numerics;

namespace DataExchange.Merkle;

/// <summary>The right edge of a tree of <see cref="Size"/> leaves: one hash per set bit of the size, largest subtree first. Immutable.</summary>
public sealed class CompactRange
{
    private readonly MerkleHash[] _nodes;
    private readonly MerkleHash _root;

    internal CompactRange(long size, MerkleHash[] nodes, in MerkleHash root)
    {
        Size = size;
        _nodes = nodes;
        _root = root;
    }

    /// <summary>The tree without leaves.</summary>
    public static CompactRange Empty { get; } = new(0, [], TreeHasher.EmptyRoot);

    /// <summary>Number of leaves.</summary>
    public long Size { get; }

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    /// <exception cref="FormatException">The count of hashes does not fit the size, or the size is negative.</exception>
    public static CompactRange FromBytes(long size, ReadOnlySpan<byte> nodes)
    {
        if (size < 0 || nodes.Length != BitOperations.PopCount((ulong)size) * MerkleHash.Size)
        {
            throw new FormatException($"{nodes.Length} bytes are not the right edge of a tree of size {size}.");
        }

        if (size == 0)
        {
            return Empty;
        }

        var hashes = new MerkleHash[nodes.Length / MerkleHash.Size];
        for (var i = 0; i < hashes.Length; i++)
        {
            hashes[i] = new MerkleHash(nodes.Slice(i * MerkleHash.Size, MerkleHash.Size));
        }

        return new CompactRange(size, hashes, Fold(hashes));
    }

    /// <summary>32 bytes per set bit of the size, largest subtree first.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[_nodes.Length * MerkleHash.Size];
        for (var i = 0; i < _nodes.Length; i++)
        {
            _nodes[i].CopyTo(bytes.AsSpan(i * MerkleHash.Size));
        }

        return bytes;
    }

    /// <summary>The root of the tree.</summary>
    public MerkleHash Root() => _root;

    /// <summary>Appends leaf hashes; keeps what is needed to prove any of them at the new size.</summary>
    /// <exception cref="OverflowException">The new size would exceed <see cref="long.MaxValue"/>.</exception>
    public TreeExtension Extend(IReadOnlyList<MerkleHash> leafHashes)
    {
        ArgumentNullException.ThrowIfNull(leafHashes);
        return new TreeExtension(this, leafHashes);
    }

    /// <summary>The hash of the edge's subtree of 2^level leaves; the size has that bit set.</summary>
    internal MerkleHash At(int level) => _nodes[BitOperations.PopCount((ulong)(Size >> level) >> 1)];

    /// <summary>Subtrees of falling size, joined from the right.</summary>
    private static MerkleHash Fold(ReadOnlySpan<MerkleHash> nodes)
    {
        var root = nodes[^1];
        for (var i = nodes.Length - 2; i >= 0; i--)
        {
            root = TreeHasher.Node(nodes[i], root);
        }

        return root;
    }
}
