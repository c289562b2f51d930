using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DataExchange.Merkle.Tests.Trees;

namespace DataExchange.Merkle.Tests.Tiles;

/// <summary>Tiles, bundles and their paths as another implementation made them.</summary>
public class TileVectorTests
{
    private readonly PathVectors _paths = Vectors.Read<PathVectors>("tiles/paths.json");

    [Fact]
    public void Every_tile_and_bundle_of_a_log_is_the_known_one()
    {
        foreach (var vector in Vectors.Read<ResourceVectors>("tiles/resources.json").Logs)
        {
            var resources = Resources(int.Parse(vector.Size, CultureInfo.InvariantCulture));
            Assert.Equal(vector.Resources, resources.Count);
            foreach (var (path, digest) in vector.Sha256)
            {
                Assert.Equal((path, digest), (path, resources[path]));
            }

            var listing = string.Concat(resources.Select(resource => $"{resource.Value}  {resource.Key}\n"));
            Assert.Equal(vector.Listing, Digest(Encoding.ASCII.GetBytes(listing)));
        }
    }

    [Fact]
    public void Path_names_the_known_tile()
    {
        foreach (var vector in _paths.Valid)
        {
            var level = vector.Level == "entries" ? TileId.Entries : int.Parse(vector.Level, CultureInfo.InvariantCulture);
            var tile = new TileId(level, long.Parse(vector.Index, CultureInfo.InvariantCulture), vector.Width);
            Assert.Equal(vector.Path, tile.ToPath());
            Assert.True(TileId.TryParse(vector.Path, out var parsed));
            Assert.Equal(tile, parsed);
        }
    }

    [Fact]
    public void Spelling_that_names_no_tile_is_refused() =>
        Assert.All(_paths.Invalid, vector => Assert.False(TileId.TryParse(vector.Path, out _), $"{vector.Path}: {vector.Why}"));

    [Fact]
    public void Size_says_how_wide_the_last_tile_of_a_level_is()
    {
        foreach (var vector in _paths.Sizes)
        {
            var size = long.Parse(vector.Size, CultureInfo.InvariantCulture);
            for (var level = 0; level < vector.Partial.Length; level++)
            {
                var full = long.Parse(vector.Full[level], CultureInfo.InvariantCulture);
                Assert.Equal(vector.Partial[level], TileId.WidthAt(level, full, size));
                Assert.Equal(full > 0 ? TileId.FullWidth : 0, TileId.WidthAt(level, full - 1, size));
            }

            Assert.Equal(0, TileId.WidthAt(vector.Partial.Length, 0, size));
        }
    }

    private static SortedDictionary<string, string> Resources(int size)
    {
        var edge = new TileEdge();
        var resources = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (tile, hashes) in edge.Append(CountingLog.LeafHashes[..size]))
        {
            resources.Add(tile.ToPath(), Digest(hashes));
        }

        foreach (var (tile, hashes) in edge.PartialTiles())
        {
            resources.Add(tile.ToPath(), Digest(hashes.Span));
        }

        for (var index = 0; TileId.WidthAt(TileId.Entries, index, size) is > 0 and var width; index++)
        {
            var bundle = new ArrayBufferWriter<byte>();
            for (var i = 0; i < width; i++)
            {
                EntryBundle.Write(bundle, CountingLog.Entry((index * TileId.FullWidth) + i));
            }

            resources.Add(new TileId(TileId.Entries, index, width).ToPath(), Digest(bundle.WrittenSpan));
        }

        return resources;
    }

    private static string Digest(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private sealed record ResourceVectors(LogVector[] Logs);

    private sealed record LogVector(string Size, int Resources, string Listing, Dictionary<string, string> Sha256);

    private sealed record PathVectors(TileVector[] Valid, PathVector[] Invalid, SizeVector[] Sizes);

    private sealed record TileVector(string Path, string Level, string Index, int Width);

    private sealed record PathVector(string Path, string Why);

    private sealed record SizeVector(string Size, string[] Full, int[] Partial);
}
