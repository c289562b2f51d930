using System.Buffers;
using System.Security.Cryptography;

namespace DataExchange.Merkle;

/// <summary>RFC 6962 §2.1 hashing with SHA-256.</summary>
public static class TreeHasher
{
    private const byte LeafPrefix = 0;
    private const byte NodePrefix = 1;
    private const int StackLimit = 512;

    /// <summary>SHA-256 of nothing: the root of the empty tree.</summary>
    public static MerkleHash EmptyRoot { get; } = Hash([]);

    /// <summary>SHA256(0x00 ‖ entry).</summary>
    public static MerkleHash Leaf(ReadOnlySpan<byte> entry)
    {
        var length = entry.Length + 1;
        if (length <= StackLimit)
        {
            return Leaf(entry, stackalloc byte[StackLimit]);
        }

        var rented = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            return Leaf(entry, rented);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>SHA256(0x01 ‖ left ‖ right).</summary>
    public static MerkleHash Node(in MerkleHash left, in MerkleHash right)
    {
        Span<byte> input = stackalloc byte[1 + (2 * MerkleHash.Size)];
        input[0] = NodePrefix;
        left.CopyTo(input[1..]);
        right.CopyTo(input[(1 + MerkleHash.Size)..]);
        return Hash(input);
    }

    private static MerkleHash Leaf(ReadOnlySpan<byte> entry, Span<byte> scratch)
    {
        scratch[0] = LeafPrefix;
        entry.CopyTo(scratch[1..]);
        return Hash(scratch[..(entry.Length + 1)]);
    }

    // One-shot: no hash object is made.
    private static MerkleHash Hash(ReadOnlySpan<byte> input)
    {
        Span<byte> digest = stackalloc byte[MerkleHash.Size];
        SHA256.HashData(input, digest);
        return new MerkleHash(digest);
    }
}
