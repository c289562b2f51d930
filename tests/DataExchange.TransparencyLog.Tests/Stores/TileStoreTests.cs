using DataExchange.Merkle;
using DataExchange.Storage;
using DataExchange.TransparencyLog.Stores;
using DataExchange.TransparencyLog.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace DataExchange.TransparencyLog.Tests.Stores;

public sealed class TileStoreTests : IDisposable
{
    private static readonly byte[] Hashes = [.. Enumerable.Range(0, 8192).Select(i => (byte)i)];

    private readonly TemporaryFolder _folder = new();
    private readonly SqliteDataFolder _data;
    private readonly ITileStore _tiles;

    public TileStoreTests()
    {
        _data = new SqliteDataFolder(_folder.Path, NullLogger<SqliteDataFolder>.Instance);
        _tiles = _data.OpenTiles(LogNames.Access);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _data.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_new_store_is_at_the_beginning()
    {
        Assert.Equal(default, await _tiles.ReadPositionAsync(Token));
        Assert.Null(await _tiles.ReadTileAsync(0, 0, Token));
        Assert.Empty(await _tiles.FindAsync(new byte[] { 1 }, 100, Token));
    }

    [Fact]
    public async Task What_was_written_is_read_back_by_its_log_only()
    {
        await _tiles.WriteAsync(Rows(300, "note", (new byte[] { 1 }, 7), (new byte[] { 2 }, 8), (new byte[] { 1 }, 9)), Token);

        Assert.Equal(new DerivedPosition(300, "note"), await _tiles.ReadPositionAsync(Token));
        Assert.Equal(Hashes, (await _tiles.ReadTileAsync(0, 0, Token))!.Value.ToArray());
        Assert.Equal([7, 9], await _tiles.FindAsync(new byte[] { 1 }, 100, Token));
        Assert.Equal([7], await _tiles.FindAsync(new byte[] { 1 }, 9, Token));
        var other = _data.OpenTiles(LogNames.Governance);
        Assert.Equal(default, await other.ReadPositionAsync(Token));
        Assert.Null(await other.ReadTileAsync(0, 0, Token));
    }

    [Fact]
    public async Task Writing_the_same_again_changes_nothing_but_the_position()
    {
        await _tiles.WriteAsync(Rows(300, "note", (new byte[] { 1 }, 7)), Token);
        await _tiles.WriteAsync(Rows(400, null, (new byte[] { 1 }, 7)), Token);
        Assert.Equal([7], await _tiles.FindAsync(new byte[] { 1 }, 100, Token));
        Assert.Equal(new DerivedPosition(400, null), await _tiles.ReadPositionAsync(Token));
    }

    private static DerivedRows Rows(long size, string? note, params (ReadOnlyMemory<byte> Key, long Index)[] keys) =>
        new([new(new TileId(0, 0, TileId.FullWidth), Hashes)], keys, new DerivedPosition(size, note));
}
