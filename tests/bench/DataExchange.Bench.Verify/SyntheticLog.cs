using System.Buffers;
using System.Buffers.Binary;
using DataExchange.Merkle;

namespace DataExchange.Bench.Verify;

/// <summary>A log of 80-byte leaves as a folder of C2SP tlog-tiles. The same size gives the same bytes.</summary>
internal sealed class SyntheticLog(string folder) : IDisposable
{
    private const int LeafBytes = 80;
    private const int BundlesAtOnce = 4096;

    private readonly NoteSigner _signer = NoteSigner.FromSeed("bench.example/access", new byte[NoteSigner.SeedSize]);

    public string Vkey => _signer.Verifier.ToString();

    public void Write(long entries)
    {
        var full = entries / TileId.FullWidth;
        var edge = new TileEdge(); // Over the roots of full bundles: its level 0 is level 1 of the log.
        for (var first = 0L; first < full; first += BundlesAtOnce)
        {
            var roots = new MerkleHash[Math.Min(BundlesAtOnce, full - first)];
            Parallel.For(0, roots.Length, i => roots[i] = Fold(WriteBundle(first + i, TileId.FullWidth)));
            WriteUpper(edge.Append(roots).Select(tile => (tile.Tile, new ReadOnlyMemory<byte>(tile.Hashes))));
        }

        WriteUpper(edge.PartialTiles());
        var tail = entries % TileId.FullWidth is > 0 and var width ? WriteBundle(full, (int)width) : [];
        byte[] range = [.. edge.ToRange().ToBytes(), .. CompactRange.Empty.Extend(tail).After.ToBytes()];
        var checkpoint = new Checkpoint(_signer.Name, entries, CompactRange.FromBytes(entries, range).Root());
        File.WriteAllText(Path.Combine(folder, "vkey"), Vkey + "\n");
        File.WriteAllText(Path.Combine(folder, "checkpoint"), checkpoint.Sign(_signer));
    }

    public void Dispose() => _signer.Dispose();

    private MerkleHash[] WriteBundle(long index, int width)
    {
        var leaves = new ReadOnlyMemory<byte>[width];
        var bundle = new ArrayBufferWriter<byte>(width * (LeafBytes + sizeof(ushort)));
        for (var i = 0; i < width; i++)
        {
            var leaf = Leaf((index * TileId.FullWidth) + i);
            EntryBundle.Write(bundle, leaf);
            leaves[i] = leaf;
        }

        var hashes = new MerkleHash[width];
        TreeHasher.Leaves(leaves, hashes);
        WriteFile(new TileId(TileId.Entries, index, width), bundle.WrittenSpan);
        WriteFile(new TileId(0, index, width), hashes.SelectMany(hash => hash.ToArray()).ToArray());
        return hashes;
    }

    private void WriteUpper(IEnumerable<(TileId Tile, ReadOnlyMemory<byte> Hashes)> tiles)
    {
        foreach (var (tile, hashes) in tiles)
        {
            WriteFile(tile with { Level = tile.Level + 1 }, hashes.Span);
        }
    }

    private void WriteFile(TileId tile, ReadOnlySpan<byte> bytes)
    {
        var file = Path.Combine(folder, tile.ToPath());
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, bytes);
    }

    private static MerkleHash Fold(MerkleHash[] hashes)
    {
        for (var count = hashes.Length; count > 1; count /= 2)
        {
            TreeHasher.Nodes(hashes.AsSpan(0, count), hashes.AsSpan(0, count / 2));
        }

        return hashes[0];
    }

    /// <summary>Bytes that look random and depend on the index alone (SplitMix64).</summary>
    private static byte[] Leaf(long index)
    {
        var leaf = new byte[LeafBytes];
        for (var at = 0; at < LeafBytes; at += sizeof(ulong))
        {
            var x = ((ulong)index * LeafBytes) + (ulong)at + 0x9E3779B97F4A7C15;
            x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
            x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
            BinaryPrimitives.WriteUInt64LittleEndian(leaf.AsSpan(at), x ^ (x >> 31));
        }

        return leaf;
    }
}
