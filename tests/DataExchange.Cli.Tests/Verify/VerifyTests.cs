using DataExchange.Cli.Tests.Logs;
using DataExchange.Merkle;

namespace DataExchange.Cli.Tests.Verify;

public class VerifyTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(600)]
    [InlineData(66_000)]
    public async Task Honest_log_verifies(int size)
    {
        using var log = new TestLog(size);
        var run = (await VerifyAsync(log)).Shows(0, "verified");
        Assert.Equal(TestLog.Origin, run.Json.GetProperty("origin").GetString());
        Assert.Equal(size, run.Json.GetProperty("size").GetInt64());
        Assert.Equal(log.Root.ToString(), run.Json.GetProperty("root").GetString());
        var tiles = Directory.EnumerateFiles(log.Folder, "*", SearchOption.AllDirectories).Count(f => f.Contains("/tile/") && !f.Contains("/entries/"));
        Assert.Equal(tiles, run.Json.GetProperty("hashTiles").GetInt64());
    }

    [Theory]
    [InlineData("tile/entries/000")]
    [InlineData("tile/entries/001")]
    [InlineData("tile/entries/002.p/88")]
    public async Task Changed_entry_breaks_the_root(string bundle)
    {
        using var log = new TestLog(600);
        log.Flip(bundle, -1);
        var run = (await VerifyAsync(log)).Shows(1, "root-mismatch");
        Assert.Contains(bundle.Replace("entries", "0", StringComparison.Ordinal), run.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tile/0/000")]
    [InlineData("tile/0/002.p/88")]
    [InlineData("tile/1/000.p/2")]
    public async Task Changed_tile_is_found(string tile)
    {
        using var log = new TestLog(600);
        log.Flip(tile, 40);
        var run = (await VerifyAsync(log)).Shows(1, "tile-mismatch");
        Assert.Contains(tile, run.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tile/1/000")]
    [InlineData("tile/1/001.p/1")]
    [InlineData("tile/2/000.p/1")]
    public async Task Changed_tile_of_a_higher_level_is_found(string tile)
    {
        using var log = new TestLog(65_800);
        log.Flip(tile, 3);
        (await VerifyAsync(log)).Shows(1, "tile-mismatch");
    }

    [Theory]
    [InlineData("tile/0/001", 1)]
    [InlineData("tile/0/001", 8192)]
    [InlineData("tile/1/000.p/2", 32)]
    public async Task Shortened_tile_is_found(string tile, int by)
    {
        using var log = new TestLog(600);
        log.Truncate(tile, by);
        (await VerifyAsync(log)).Shows(1, "tile-mismatch");
    }

    [Theory]
    [InlineData("tile/0/000")]
    [InlineData("tile/0/002.p/88")]
    [InlineData("tile/1/000.p/2")]
    public async Task Missing_tile_is_found(string tile)
    {
        using var log = new TestLog(600);
        File.Delete(log.FileOf(tile));
        (await VerifyAsync(log)).Shows(1, "tile-missing");
    }

    [Theory]
    [InlineData("tile/entries/000")]
    [InlineData("tile/entries/002.p/88")]
    public async Task Missing_entries_are_found(string bundle)
    {
        using var log = new TestLog(600);
        File.Delete(log.FileOf(bundle));
        (await VerifyAsync(log)).Shows(1, "entries-missing");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(11)]
    [InlineData(12)]
    public async Task Truncated_bundle_is_found(int by)
    {
        using var log = new TestLog(600);
        log.Truncate("tile/entries/001", by);
        (await VerifyAsync(log)).Shows(1, "entries-malformed");
    }

    [Fact]
    public async Task Changed_checkpoint_is_found()
    {
        using var log = new TestLog(600);
        for (var place = 0; place < new FileInfo(log.FileOf("checkpoint")).Length; place += 7)
        {
            log.Flip("checkpoint", place);
            (await VerifyAsync(log)).Shows(1, "checkpoint-invalid");
            log.Flip("checkpoint", place);
        }

        (await VerifyAsync(log)).Shows(0, "verified");
    }

    [Theory]
    [InlineData(599)]
    [InlineData(1)]
    [InlineData(0)]
    public async Task Signed_root_that_the_entries_do_not_make_is_found(int size)
    {
        using var log = new TestLog(size);
        log.SignCheckpoint(size, TreeHasher.Leaf("something else"u8));
        (await VerifyAsync(log)).Shows(1, "root-mismatch");
    }

    [Fact]
    public async Task Checkpoint_that_promises_more_entries_than_there_are_is_found()
    {
        using var log = new TestLog(600);
        log.SignCheckpoint(long.MaxValue, log.Root);
        (await VerifyAsync(log)).Shows(1, "entries-missing");
    }

    [Fact]
    public async Task Key_of_another_log_is_refused()
    {
        using var log = new TestLog(10);
        using var other = NoteSigner.FromSeed(TestLog.Origin, NoteSigner.NewSeed());
        (await VerifyAsync(log, "--vkey", other.Verifier.ToString())).Shows(1, "checkpoint-invalid");
    }

    [Fact]
    public async Task Full_tiles_stand_in_for_partial_ones_that_were_dropped()
    {
        using var log = new TestLog(600);
        var checkpoint = await File.ReadAllBytesAsync(log.FileOf("checkpoint"), TestContext.Current.CancellationToken);
        log.Grow(256);
        Directory.Delete(log.FileOf("tile/0/002.p"), recursive: true);
        Directory.Delete(log.FileOf("tile/entries/002.p"), recursive: true);
        await File.WriteAllBytesAsync(log.FileOf("checkpoint"), checkpoint, TestContext.Current.CancellationToken);
        (await VerifyAsync(log)).Shows(0, "verified");
    }

    private static Task<DxRun> VerifyAsync(TestLog log) => VerifyAsync(log, "--vkey", log.Vkey);

    private static Task<DxRun> VerifyAsync(TestLog log, params string[] key) =>
        DxRun.InProcessAsync(["verify", log.Folder, .. key, "--state", log.StateFolder, "--json"]);
}
