using DataExchange.Merkle;
using DataExchange.TransparencyLog.Tests.Support;

namespace DataExchange.TransparencyLog.Tests.Following;

public sealed class PublishedTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private TestRegion _region = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ITransparencyLog Log => _region.Access;

    public async ValueTask InitializeAsync() => _region = await TestRegion.OpenAsync(_folder, configure: options => options.FlushEntries = 300);

    public async ValueTask DisposeAsync()
    {
        await _region.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(1000)]
    public async Task Published_tiles_and_bundles_give_the_published_root(int count)
    {
        await Log.AppendManyAsync(count);
        await LogAudit.SoundAsync(Log);
        Assert.Equal(count, Log.Published.Size);
    }

    [Fact]
    public async Task Published_never_runs_ahead_of_what_can_be_read_nor_backwards()
    {
        var appending = Log.AppendManyAsync(3000);
        var sizes = new List<long>();
        do
        {
            var published = Log.Published;
            sizes.Add(published.Size);
            Assert.Equal(published.Checkpoint.Root, await new TileTree(new Tiles(Log)).RootAsync(published.Size, Token));
        }
        while (!appending.IsCompleted);

        await appending;
        Assert.Equal(sizes.Order(), sizes);
    }

    [Fact]
    public async Task A_tile_is_served_at_every_width_up_to_its_fill_and_not_beyond()
    {
        await AppendOneByOneAsync(600);
        var leaves = await Log.ReadAsync(512, 88, Token).Select(entry => TreeHasher.Leaf(entry.Leaf.Span).ToArray()).ToListAsync(Token);
        for (var width = 1; width <= 88; width++)
        {
            Assert.Equal(leaves.Take(width).SelectMany(hash => hash), (await ReadAsync(0, 2, width))!.Value.ToArray());
        }

        Assert.Null(await ReadAsync(0, 2, 89));
        Assert.Null(await ReadAsync(0, 2, 256));
        Assert.Null(await ReadAsync(0, 3, 1));
        Assert.Null(await ReadAsync(0, 2, 0));
        Assert.Null(await ReadAsync(0, -1, 1));
        Assert.Equal((await ReadAsync(0, 0, 256))!.Value[..(7 * 32)].ToArray(), (await ReadAsync(0, 0, 7))!.Value.ToArray());
        Assert.Equal(2 * 32, (await ReadAsync(1, 0, 2))!.Value.Length);
        Assert.Null(await ReadAsync(1, 0, 3));
        Assert.Null(await ReadAsync(2, 0, 1));
        Assert.Null(await ReadAsync(63, 0, 1));
    }

    [Fact]
    public async Task The_partial_tiles_of_every_size_that_was_published_stay_readable_after_they_are_full()
    {
        var seen = new List<SignedCheckpoint>();
        for (var i = 0; i < 30; i++)
        {
            await Log.AppendManyAsync(1 + (i * 7 % 60), $"round {i}");
            await Log.WaitPublishedAsync(Log.Latest.Size, Token);
            seen.Add(Log.Published);
        }

        await _region.DisposeAsync();
        _region = await TestRegion.OpenAsync(_folder);
        Assert.True(Log.Published.Size > 3 * TileId.FullWidth);
        foreach (var checkpoint in seen)
        {
            // Each tile at just the width of that size, as a client asks that has only this checkpoint.
            Assert.Equal(checkpoint.Checkpoint.Root, await new TileTree(new ExactTiles(Log)).RootAsync(checkpoint.Size, Token));
            var (bundle, width) = Math.DivRem(checkpoint.Size, TileId.FullWidth);
            if (width > 0)
            {
                Assert.Equal(width, EntryBundle.Split((await ReadAsync(TileId.Entries, bundle, (int)width))!.Value).Count);
            }
        }
    }

    [Fact]
    public async Task A_bundle_is_served_at_every_width_up_to_its_fill_and_not_beyond()
    {
        await AppendOneByOneAsync(300);
        for (var width = 1; width <= 44; width++)
        {
            var entries = EntryBundle.Split((await ReadAsync(TileId.Entries, 1, width))!.Value);
            Assert.Equal(Enumerable.Range(256, width).Select(i => $"entry {i}"), entries.Select(entry => System.Text.Encoding.UTF8.GetString(entry.Span)));
        }

        Assert.Equal(256, EntryBundle.Split((await ReadAsync(TileId.Entries, 0, 256))!.Value).Count);
        Assert.Null(await ReadAsync(TileId.Entries, 1, 45));
        Assert.Null(await ReadAsync(TileId.Entries, 1, 0));
        Assert.Null(await ReadAsync(TileId.Entries, 2, 1));
    }

    [Fact]
    public async Task Every_published_entry_has_a_proof_and_no_other()
    {
        await Log.AppendManyAsync(700);
        await Log.WaitPublishedAsync(700, Token);
        await foreach (var entry in Log.ReadAsync(0, 700, Token))
        {
            var proof = await Log.ProveAsync(entry.Index, Token);
            Assert.True(proof!.Verify(TreeHasher.Leaf(entry.Leaf.Span), Log.Verifier, out var checkpoint));
            Assert.Equal(700, checkpoint!.Size);
        }

        Assert.Null(await Log.ProveAsync(700, Token));
        Assert.Null(await Log.ProveAsync(-1, Token));
    }

    [Fact]
    public async Task A_key_finds_its_entries_in_order_stored_or_not()
    {
        var expected = new List<long>();
        for (var i = 0; i < 5; i++)
        {
            await Log.AppendManyAsync(190, $"round {i}");
            expected.Add((await Log.AppendAsync("mine")).Index);
        }

        await Log.WaitPublishedAsync(Log.Latest.Size, Token);
        var found = await Log.FindAsync(Entries.Of("mine").Key, Token);
        Assert.Equal(expected, found);
        Assert.Empty(await Log.FindAsync("unknown"u8.ToArray(), Token));

        await _region.DisposeAsync();
        _region = await TestRegion.OpenAsync(_folder);
        Assert.Equal(expected, await Log.FindAsync(Entries.Of("mine").Key, Token));
    }

    [Fact]
    public async Task Waiting_for_a_size_ends_when_it_is_published_when_cancelled_and_when_the_log_stops()
    {
        using var cancellation = new CancellationTokenSource();
        var published = Log.WaitPublishedAsync(1, Token).AsTask();
        var cancelled = Log.WaitPublishedAsync(10, cancellation.Token).AsTask();
        var stopped = Log.WaitPublishedAsync(11, Token).AsTask();
        await Log.AppendAsync("one");
        await published;
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        await _region.DisposeAsync();
        await Assert.ThrowsAsync<LogUnavailableException>(() => stopped);
        _region = await TestRegion.OpenAsync(_folder);
    }

    [Fact]
    public async Task A_read_is_cut_off_at_the_latest_checkpoint()
    {
        await AppendOneByOneAsync(10);
        Assert.Equal([3L, 4, 5], await IndexesAsync(3, 3));
        Assert.Equal([8L, 9], await IndexesAsync(8, long.MaxValue));
        Assert.Empty(await IndexesAsync(10, 5));
        Assert.Empty(await IndexesAsync(0, 0));
    }

    private async Task AppendOneByOneAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            await Log.AppendAsync($"entry {i}");
        }

        await Log.WaitPublishedAsync(count, Token);
    }

    private ValueTask<List<long>> IndexesAsync(long first, long count) => Log.ReadAsync(first, count, Token).Select(entry => entry.Index).ToListAsync(Token);

    private ValueTask<ReadOnlyMemory<byte>?> ReadAsync(int level, long index, int width) => Log.ReadTileAsync(new TileId(level, index, width), Token);

    private sealed class Tiles(ITransparencyLog log) : ITileSource
    {
        public ValueTask<ReadOnlyMemory<byte>?> ReadAsync(TileId tile, CancellationToken cancellationToken) => log.ReadTileAsync(tile, cancellationToken);
    }

    private sealed class ExactTiles(ITransparencyLog log) : ITileSource
    {
        public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(TileId tile, CancellationToken cancellationToken) =>
            await log.ReadTileAsync(tile, cancellationToken) ?? throw new TileUnavailableException(tile.ToPath());
    }
}
