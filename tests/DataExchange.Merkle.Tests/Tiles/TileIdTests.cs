using CsCheck;

namespace DataExchange.Merkle.Tests.Tiles;

public class TileIdTests
{
    [Theory]
    [InlineData("tile/0/000", 0, 0, 256)]
    [InlineData("tile/0/005", 0, 5, 256)]
    [InlineData("tile/0/999", 0, 999, 256)]
    [InlineData("tile/0/x001/000", 0, 1000, 256)]
    [InlineData("tile/2/x001/x234/067", 2, 1234067, 256)]
    [InlineData("tile/1/x001/x234/067.p/8", 1, 1234067, 8)]
    [InlineData("tile/63/000.p/255", 63, 0, 255)]
    [InlineData("tile/entries/000", TileId.Entries, 0, 256)]
    [InlineData("tile/entries/x001/000.p/1", TileId.Entries, 1000, 1)]
    [InlineData("tile/0/x009/x223/x372/x036/x854/x775/807", 0, long.MaxValue, 256)]
    public void Path_and_tile_are_two_forms_of_one(string path, int level, long index, int width)
    {
        var tile = new TileId(level, index, width);
        Assert.Equal(path, tile.ToPath());
        Assert.True(TileId.TryParse(path, out var parsed));
        Assert.Equal(tile, parsed);
    }

    [Fact]
    public void Every_tile_survives_its_path() =>
        Gen.Select(Gen.Int[-1, 63], Gen.Long[0, long.MaxValue], Gen.Int[0, 62], Gen.Int[1, 256]).Sample(
            (level, index, shift, width) =>
            {
                var tile = new TileId(level, index >> shift, width);
                Assert.True(TileId.TryParse(tile.ToPath(), out var parsed));
                Assert.Equal(tile, parsed);
            });

    [Theory]
    [InlineData("")]
    [InlineData("tile/")]
    [InlineData("tile/0")]
    [InlineData("tile/0/")]
    [InlineData("/tile/0/000")]
    [InlineData("tile/0/5")]
    [InlineData("tile/0/05")]
    [InlineData("tile/0/0005")]
    [InlineData("tile/0/1000")]
    [InlineData("tile/0/x005")]
    [InlineData("tile/0/x000/005")]
    [InlineData("tile/0/001/000")]
    [InlineData("tile/0/x001/x000")]
    [InlineData("tile/0/x001/000/")]
    [InlineData("tile/0/x01/000")]
    [InlineData("tile/0/X001/000")]
    [InlineData("tile/0/-01")]
    [InlineData("tile/0/+01")]
    [InlineData("tile/0/٠٠٥")]
    [InlineData("tile/00/000")]
    [InlineData("tile/01/000")]
    [InlineData("tile/64/000")]
    [InlineData("tile/-1/000")]
    [InlineData("tile/Entries/000")]
    [InlineData("tile/0/000.p/0")]
    [InlineData("tile/0/000.p/256")]
    [InlineData("tile/0/000.p/01")]
    [InlineData("tile/0/000.p/")]
    [InlineData("tile/0/000.p")]
    [InlineData("tile/0/000.p/1/")]
    [InlineData("tile/0/000.p/1.p/1")]
    [InlineData("tile/0/000.P/1")]
    [InlineData("tile/0/x009/x223/x372/x036/x854/x775/808")]
    [InlineData("tile/0/x001/x000/x000/x000/x000/x000/x000/000")]
    [InlineData("checkpoint")]
    public void Any_other_spelling_is_refused(string path) => Assert.False(TileId.TryParse(path, out _));

    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(0, 0, 1, 1)]
    [InlineData(0, 0, 255, 255)]
    [InlineData(0, 0, 256, 256)]
    [InlineData(0, 1, 256, 0)]
    [InlineData(1, 0, 255, 0)]
    [InlineData(1, 0, 256, 1)]
    [InlineData(0, 272, 70000, 256)]
    [InlineData(0, 273, 70000, 112)]
    [InlineData(1, 0, 70000, 256)]
    [InlineData(1, 1, 70000, 17)]
    [InlineData(2, 0, 70000, 1)]
    [InlineData(3, 0, 70000, 0)]
    [InlineData(TileId.Entries, 273, 70000, 112)]
    [InlineData(7, 0, long.MaxValue, 127)]
    [InlineData(8, 0, long.MaxValue, 0)]
    [InlineData(63, 0, long.MaxValue, 0)]
    [InlineData(0, long.MaxValue, long.MaxValue, 0)]
    [InlineData(0, -1, 70000, 0)]
    public void Width_follows_the_size(int level, long index, long size, int width) =>
        Assert.Equal(width, TileId.WidthAt(level, index, size));
}
