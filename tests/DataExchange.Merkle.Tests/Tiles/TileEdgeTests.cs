using CsCheck;
using DataExchange.Merkle.Tests.Trees;

namespace DataExchange.Merkle.Tests.Tiles;

public class TileEdgeTests
{
    private static readonly MerkleHash[] Leaves = NaiveTree.LeafHashes(66_100);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Tiles_do_not_depend_on_how_the_leaves_were_batched() =>
        Gen.Int[0, 700].Array[1, 6].Sample(
            batches =>
            {
                var edge = new TileEdge();
                var full = new List<(TileId Tile, byte[] Hashes)>();
                foreach (var batch in batches)
                {
                    full.AddRange(edge.Append(Leaves[(int)edge.Size..((int)edge.Size + batch)]));
                }

                var whole = new TileEdge();
                Assert.Equal(Text(whole.Append(Leaves[..(int)edge.Size])), Text(full));
                Assert.Equal(Text(whole.PartialTiles()), Text(edge.PartialTiles()));
                Assert.Equal(CompactRange.Empty.Extend(Leaves[..(int)edge.Size]).After.Root(), edge.Root());
            },
            iter: 50);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(66_100)]
    public async Task Every_tile_of_a_size_exists_once_with_the_width_the_format_gives(int size)
    {
        var edge = new TileEdge();
        var tiles = edge.Append(Leaves[..size]).Select(t => (t.Tile, Length: t.Hashes.Length))
            .Concat(edge.PartialTiles().Select(t => (t.Tile, t.Hashes.Length))).ToDictionary();
        var expected = 0;
        for (var level = 0; level <= TileId.MaxLevel; level++)
        {
            for (var index = 0L; TileId.WidthAt(level, index, size) is > 0 and var width; index++)
            {
                Assert.Equal(width * MerkleHash.Size, tiles[new TileId(level, index, width)]);
                expected++;
            }
        }

        Assert.Equal(expected, tiles.Count);
        Assert.Equal(await new TileTree(MemoryTiles.Of(Leaves[..size])).RootAsync(size, Token), edge.Root());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(256)]
    [InlineData(300)]
    [InlineData(65_536)]
    [InlineData(65_800)]
    public async Task Loaded_edge_goes_on_where_the_stored_tiles_end(int size)
    {
        var loaded = await TileEdge.LoadAsync(MemoryTiles.Of(Leaves[..size]), size, Token);
        AssertGoesOn(loaded, size);
    }

    [Theory]
    [InlineData(256)]
    [InlineData(65_536)]
    [InlineData(65_792)]
    public async Task Full_tiles_alone_suffice_to_load(int size)
    {
        var loaded = await TileEdge.LoadAsync(MemoryTiles.Of(Leaves[..size], partialTiles: false), size, Token);
        AssertGoesOn(loaded, size);
    }

    [Fact]
    public async Task Leaves_that_are_not_stored_cannot_be_loaded()
    {
        var error = await Assert.ThrowsAsync<TileUnavailableException>(
            async () => await TileEdge.LoadAsync(MemoryTiles.Of(Leaves[..300], partialTiles: false), 300, Token));
        Assert.Equal(new TileId(0, 1, 44), error.Tile);
    }

    [Fact]
    public void Only_the_partial_tiles_of_the_edge_are_read_and_narrower_widths_are_their_prefix()
    {
        var edge = new TileEdge();
        edge.Append(Leaves[..600]);
        var wide = edge.Read(new TileId(0, 2, 88));
        var narrow = edge.Read(new TileId(0, 2, 80));
        Assert.Equal(Leaves[512..600].SelectMany(h => h.ToArray()), wide?.ToArray());
        Assert.Equal(Leaves[512..592].SelectMany(h => h.ToArray()), narrow?.ToArray());
        Assert.NotNull(edge.Read(new TileId(1, 0, 2)));

        Assert.Null(edge.Read(new TileId(0, 2, 89)));
        Assert.Null(edge.Read(new TileId(0, 2, 0)));
        Assert.Null(edge.Read(new TileId(0, 1, 256)));
        Assert.Null(edge.Read(new TileId(0, 3, 1)));
        Assert.Null(edge.Read(new TileId(2, 0, 1)));
        Assert.Null(edge.Read(new TileId(TileId.Entries, 2, 88)));
    }

    [Fact]
    public void Bytes_once_read_stay_as_they_are_while_the_edge_grows()
    {
        var edge = new TileEdge();
        edge.Append(Leaves[..10]);
        var early = edge.Read(new TileId(0, 0, 10))!.Value;
        var copy = early.ToArray();
        edge.Append(Leaves[10..600]);
        Assert.Equal(copy, early.ToArray());
    }

    private static void AssertGoesOn(TileEdge loaded, int size)
    {
        var straight = new TileEdge();
        straight.Append(Leaves[..size]);
        Assert.Equal(size, loaded.Size);
        Assert.Equal(straight.Root(), loaded.Root());

        var next = Leaves[size..(size + 300)];
        Assert.Equal(Text(straight.Append(next)), Text(loaded.Append(next)));
        Assert.Equal(straight.Root(), loaded.Root());
    }

    private static IEnumerable<string> Text(IEnumerable<(TileId Tile, byte[] Hashes)> tiles) =>
        tiles.Select(t => $"{t.Tile.ToPath()} {Convert.ToBase64String(t.Hashes)}");

    private static IEnumerable<string> Text(IEnumerable<(TileId Tile, ReadOnlyMemory<byte> Hashes)> tiles) =>
        Text(tiles.Select(t => (t.Tile, t.Hashes.ToArray())));
}
