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

    [Fact]
    public async Task Keys_of_entries_far_apart_are_found_in_order()
    {
        // Segments of 2^17 entries: the first and last of one, the first of the next, and one many segments on.
        long[] indexes = [0, 131_071, 131_072, 40_000_000];
        await _tiles.WriteAsync(Rows(40_000_001, null, [.. indexes.Select(index => ((ReadOnlyMemory<byte>)new byte[] { 1 }, index))]), Token);
        Assert.Equal(indexes, await _tiles.FindAsync(new byte[] { 1 }, long.MaxValue >> 20, Token));
        Assert.Equal(indexes[..2], await _tiles.FindAsync(new byte[] { 1 }, 131_072, Token));
        Assert.Equal(indexes[..3], await _tiles.FindAsync(new byte[] { 1 }, 40_000_000, Token));
    }

    [Fact]
    public async Task A_tile_is_replaced_and_the_scrub_remembered()
    {
        await _tiles.WriteAsync(Rows(300, null), Token);
        byte[] other = [.. Hashes.Reverse()];
        await _tiles.ReplaceTileAsync(new TileId(0, 0, TileId.FullWidth), other, Token);
        Assert.Equal(other, (await _tiles.ReadTileAsync(0, 0, Token))!.Value.ToArray());

        Assert.Null(await _tiles.ReadScrubAsync(Token));
        foreach (var progress in new[] { new ScrubProgress(7, new byte[] { 1, 2 }, 3, null, 4, 5), new ScrubProgress(0, default, 3, 6, 0, 0) })
        {
            await _tiles.WriteScrubAsync(progress, Token);
            var read = await _tiles.ReadScrubAsync(Token);
            Assert.Equal(progress with { Edge = default }, read! with { Edge = default });
            Assert.Equal(progress.Edge.ToArray(), read.Edge.ToArray());
        }

        Assert.Null(await _data.OpenTiles(LogNames.Governance).ReadScrubAsync(Token));
    }

    [Fact]
    public async Task A_file_of_the_first_version_is_brought_up_to_date_with_its_keys()
    {
        using var folder = new TemporaryFolder();
        Sql.Run(
            folder.File("tiles.db"),
            """
            CREATE TABLE access_tile (level INTEGER NOT NULL, tile INTEGER NOT NULL, hashes BLOB NOT NULL, PRIMARY KEY (level, tile));
            CREATE TABLE access_key (key BLOB NOT NULL, log_index INTEGER NOT NULL, PRIMARY KEY (key, log_index)) WITHOUT ROWID;
            CREATE TABLE governance_tile (level INTEGER NOT NULL, tile INTEGER NOT NULL, hashes BLOB NOT NULL, PRIMARY KEY (level, tile));
            CREATE TABLE governance_key (key BLOB NOT NULL, log_index INTEGER NOT NULL, PRIMARY KEY (key, log_index)) WITHOUT ROWID;
            CREATE TABLE position (log TEXT PRIMARY KEY, size INTEGER NOT NULL, note TEXT) WITHOUT ROWID;
            INSERT INTO access_key VALUES (x'01', 7), (x'01', 200000);
            INSERT INTO position VALUES ('access', 200001, NULL);
            PRAGMA application_id=0x64787469; PRAGMA user_version=1;
            """);
        using var data = new SqliteDataFolder(folder.Path, NullLogger<SqliteDataFolder>.Instance);
        var tiles = data.OpenTiles(LogNames.Access);
        Assert.Equal([7, 200_000], await tiles.FindAsync(new byte[] { 1 }, 300_000, Token));
        Assert.Equal(200_001, (await tiles.ReadPositionAsync(Token)).Size);
    }

    private static DerivedRows Rows(long size, string? note, params (ReadOnlyMemory<byte> Key, long Index)[] keys) =>
        new([new(new TileId(0, 0, TileId.FullWidth), Hashes)], keys, new DerivedPosition(size, note));
}
