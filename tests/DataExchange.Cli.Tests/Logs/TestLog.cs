using System.Buffers;
using System.Text;
using DataExchange.Merkle;

namespace DataExchange.Cli.Tests.Logs;

/// <summary>A log as a folder of C2SP resources, made by an honest operator; tests then break it.</summary>
internal sealed class TestLog : IDisposable
{
    public const string Origin = "demo.example/access";

    private readonly NoteSigner _signer = NoteSigner.FromSeed(Origin, [.. Enumerable.Repeat((byte)1, NoteSigner.SeedSize)]);
    private readonly List<byte[]> _entries = [];

    public TestLog(int entries) : this(entries, i => Encoding.UTF8.GetBytes($"entry {i}"))
    {
    }

    public TestLog(int entries, Func<int, byte[]> entry)
    {
        Folder = Directory.CreateTempSubdirectory("dx-log-").FullName;
        StateFolder = Path.Combine(Folder, "..", Path.GetFileName(Folder) + "-state");
        File.WriteAllText(Path.Combine(Folder, "vkey"), Vkey + "\n");
        Grow(entries, entry);
    }

    public string Folder { get; }

    public string StateFolder { get; }

    public NoteSigner Signer => _signer;

    public string Vkey => _signer.Verifier.ToString();

    public int Size => _entries.Count;

    public MerkleHash Root => CompactRange.Empty.Extend(LeafHashes).After.Root();

    public MerkleHash[] LeafHashes => [.. _entries.Select(entry => TreeHasher.Leaf(entry))];

    public string FileOf(string path) => Path.Combine(Folder, path);

    public void Grow(int entries, Func<int, byte[]>? entry = null)
    {
        for (var i = 0; i < entries; i++)
        {
            _entries.Add(entry?.Invoke(Size) ?? Encoding.UTF8.GetBytes($"entry {Size}"));
        }

        Publish();
    }

    /// <summary>Another history: the same log key, other entries from an index on.</summary>
    public void Rewrite(int from, int size)
    {
        _entries.RemoveRange(from, Size - from);
        Directory.Delete(FileOf("tile"), recursive: true);
        Grow(size - from, i => Encoding.UTF8.GetBytes($"other entry {i}"));
    }

    /// <summary>Changes one byte of a resource.</summary>
    public void Flip(string path, int place)
    {
        var bytes = File.ReadAllBytes(FileOf(path));
        bytes[place < 0 ? bytes.Length + place : place] ^= 1;
        File.WriteAllBytes(FileOf(path), bytes);
    }

    /// <summary>What an operator drops once the full tile stands.</summary>
    public void RemoveOldPartials()
    {
        foreach (var partials in Directory.GetDirectories(FileOf("tile"), "*.p", SearchOption.AllDirectories).Where(folder => File.Exists(folder[..^2])))
        {
            Directory.Delete(partials, recursive: true);
        }
    }

    public void Truncate(string path, int by)
    {
        using var file = File.OpenWrite(FileOf(path));
        file.SetLength(file.Length - by);
    }

    /// <summary>The checkpoint that the log signed when it had so many of its entries.</summary>
    public string Signed(int size) => new Checkpoint(Origin, size, CompactRange.Empty.Extend(LeafHashes[..size]).After.Root()).Sign(_signer);

    public void SignCheckpoint(long size, MerkleHash root) =>
        File.WriteAllText(FileOf("checkpoint"), new Checkpoint(Origin, size, root).Sign(_signer));

    public void Dispose()
    {
        _signer.Dispose();
        Directory.Delete(Folder, recursive: true);
        if (Directory.Exists(StateFolder))
        {
            Directory.Delete(StateFolder, recursive: true);
        }
    }

    private void Publish()
    {
        var edge = new TileEdge();
        foreach (var (tile, hashes) in edge.Append(LeafHashes))
        {
            Write(tile, hashes);
        }

        foreach (var (tile, hashes) in edge.PartialTiles())
        {
            Write(tile, hashes.ToArray());
        }

        for (var index = 0; TileId.WidthAt(TileId.Entries, index, Size) is > 0 and var width; index++)
        {
            var bundle = new ArrayBufferWriter<byte>();
            _entries.GetRange(index * TileId.FullWidth, width).ForEach(entry => EntryBundle.Write(bundle, entry));
            Write(new TileId(TileId.Entries, index, width), bundle.WrittenSpan.ToArray());
        }

        SignCheckpoint(Size, edge.Root());
    }

    private void Write(TileId tile, byte[] bytes)
    {
        var file = FileOf(tile.ToPath());
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, bytes);
    }
}
