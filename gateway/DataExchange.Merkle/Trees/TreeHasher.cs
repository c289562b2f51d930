using System.Buffers;
using System.Security.Cryptography;

namespace DataExchange.Merkle;

/// <summary>RFC 6962 §2.1 hashing with SHA-256.</summary>
public static class TreeHasher
{
    private const byte LeafPrefix = 0;
    private const byte NodePrefix = 1;
    private const int StackLimit = 512;

    // Longer leaves are hashed one by one: there the blocks cost more than the call.
    private const int MaxLaneBlocks = 4;

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

    /// <summary>Hashes many entries, each as <see cref="Leaf(ReadOnlySpan{byte})"/> does.</summary>
    /// <param name="entries">The entries.</param>
    /// <param name="hashes">Receives a hash an entry.</param>
    public static void Leaves(ReadOnlySpan<ReadOnlyMemory<byte>> entries, Span<MerkleHash> hashes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(hashes.Length, entries.Length);
        Span<byte> lanes = stackalloc byte[Sha256Lanes.Count * MaxLaneBlocks * Sha256Lanes.BlockSize];
        while (!entries.IsEmpty)
        {
            var count = Alike(entries, out var size);
            if (count == 1)
            {
                hashes[0] = Leaf(entries[0].Span);
            }
            else
            {
                Leaves(entries[..count], lanes[..(Sha256Lanes.Count * size)], hashes[..count]);
            }

            entries = entries[count..];
            hashes = hashes[count..];
        }
    }

    /// <summary>Hashes many nodes: of every two children their parent, as <see cref="Node"/> does. The parents may be written over the first half of the children.</summary>
    /// <param name="children">Left, right, left, right, …</param>
    /// <param name="parents">Receives half as many.</param>
    public static void Nodes(ReadOnlySpan<MerkleHash> children, Span<MerkleHash> parents)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(2 * parents.Length, children.Length);
        const int Size = 2 * Sha256Lanes.BlockSize;
        Span<byte> lanes = stackalloc byte[Sha256Lanes.Count * Size];
        var at = 0;
        for (; Sha256Lanes.IsSupported && children.Length - at > 2; at += 2 * Sha256Lanes.Count)
        {
            var count = Math.Min(Sha256Lanes.Count, (children.Length - at) / 2);
            for (var i = 0; i < count; i++)
            {
                var lane = lanes.Slice(i * Size, Size);
                lane[0] = NodePrefix;
                children[at + (2 * i)].CopyTo(lane[1..]);
                children[at + (2 * i) + 1].CopyTo(lane[(1 + MerkleHash.Size)..]);
                Sha256Lanes.Pad(lane, 1 + (2 * MerkleHash.Size));
            }

            Sha256Lanes.Hash(lanes, parents.Slice(at / 2, count));
        }

        for (; at < children.Length; at += 2)
        {
            parents[at / 2] = Node(children[at], children[at + 1]);
        }
    }

    /// <summary>How many of the next entries take as many blocks as the first and so go together; and how many bytes that is.</summary>
    private static int Alike(ReadOnlySpan<ReadOnlyMemory<byte>> entries, out int size)
    {
        var blocks = Sha256Lanes.BlocksOf(1 + entries[0].Length);
        size = blocks * Sha256Lanes.BlockSize;
        var count = 1;
        if (Sha256Lanes.IsSupported && blocks <= MaxLaneBlocks)
        {
            while (count < Math.Min(entries.Length, Sha256Lanes.Count) && Sha256Lanes.BlocksOf(1 + entries[count].Length) == blocks)
            {
                count++;
            }
        }

        return count;
    }

    private static void Leaves(ReadOnlySpan<ReadOnlyMemory<byte>> entries, Span<byte> lanes, Span<MerkleHash> hashes)
    {
        var size = lanes.Length / Sha256Lanes.Count;
        for (var i = 0; i < entries.Length; i++)
        {
            var lane = lanes.Slice(i * size, size);
            lane[0] = LeafPrefix;
            entries[i].Span.CopyTo(lane[1..]);
            Sha256Lanes.Pad(lane, 1 + entries[i].Length);
        }

        Sha256Lanes.Hash(lanes, hashes);
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
