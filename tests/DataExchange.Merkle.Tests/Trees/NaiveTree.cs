using System.Numerics;
using System.Security.Cryptography;

namespace DataExchange.Merkle.Tests.Trees;

/// <summary>RFC 6962 §2.1 word for word, recursive and slow: what everything else is held against.</summary>
internal static class NaiveTree
{
    /// <summary>Entries that differ from each other.</summary>
    public static byte[][] Entries(int count) => [.. Enumerable.Range(0, count).Select(i => BitConverter.GetBytes(i * 2654435761L)[..(1 + (i % 8))])];

    public static MerkleHash[] LeafHashes(int count) => [.. Entries(count).Select(entry => TreeHasher.Leaf(entry))];

    /// <summary>MTH(D[n]).</summary>
    public static MerkleHash Root(ReadOnlySpan<byte[]> entries) => new(Mth(entries));

    /// <summary>PATH(m, D[n]).</summary>
    public static MerkleHash[] Path(int index, ReadOnlySpan<byte[]> entries)
    {
        if (entries.Length == 1)
        {
            return [];
        }

        var k = Split(entries.Length);
        return index < k
            ? [.. Path(index, entries[..k]), Root(entries[k..])]
            : [.. Path(index - k, entries[k..]), Root(entries[..k])];
    }

    /// <summary>PROOF(m, D[n]).</summary>
    public static MerkleHash[] Proof(int oldSize, ReadOnlySpan<byte[]> entries) => SubProof(oldSize, entries, isOldRoot: true);

    private static MerkleHash[] SubProof(int oldSize, ReadOnlySpan<byte[]> entries, bool isOldRoot)
    {
        if (oldSize == entries.Length)
        {
            return isOldRoot ? [] : [Root(entries)];
        }

        var k = Split(entries.Length);
        return oldSize <= k
            ? [.. SubProof(oldSize, entries[..k], isOldRoot), Root(entries[k..])]
            : [.. SubProof(oldSize - k, entries[k..], isOldRoot: false), Root(entries[..k])];
    }

    private static byte[] Mth(ReadOnlySpan<byte[]> entries)
    {
        if (entries.Length <= 1)
        {
            return entries.IsEmpty ? SHA256.HashData([]) : SHA256.HashData([0, .. entries[0]]);
        }

        var k = Split(entries.Length);
        return SHA256.HashData([1, .. Mth(entries[..k]), .. Mth(entries[k..])]);
    }

    /// <summary>The largest power of two smaller than n.</summary>
    private static int Split(int n) => (int)BitOperations.RoundUpToPowerOf2((uint)n) / 2;
}
