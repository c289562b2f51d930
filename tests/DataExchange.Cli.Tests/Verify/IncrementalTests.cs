using DataExchange.Cli.Tests.Logs;

namespace DataExchange.Cli.Tests.Verify;

public class IncrementalTests
{
    [Theory]
    [InlineData(0, 5, 5)]
    [InlineData(200, 56, 256)]
    [InlineData(256, 1, 1)]
    [InlineData(600, 0, 88)]
    [InlineData(600, 700, 788)]
    [InlineData(66_000, 300, 508)]
    public async Task Only_what_is_new_is_read_from_the_last_full_bundle_on(int before, int more, int read)
    {
        using var log = new TestLog(before);
        (await VerifyAsync(log)).Shows(0, "verified");
        log.Grow(more);
        var json = (await VerifyAsync(log, "--incremental")).Shows(0, "verified").Json;
        Assert.Equal(read, json.GetProperty("entriesRead").GetInt32());
        Assert.Equal(before, json.GetProperty("rememberedSize").GetInt32());
        Assert.Equal(before + more, (await VerifyAsync(log)).Shows(0, "verified").Json.GetProperty("entriesRead").GetInt32());
    }

    [Fact]
    public async Task First_run_reads_everything()
    {
        using var log = new TestLog(700);
        Assert.Equal(700, (await VerifyAsync(log, "--incremental")).Shows(0, "verified").Json.GetProperty("entriesRead").GetInt32());
    }

    [Theory]
    [InlineData(599, 601)]
    [InlineData(255, 1000)]
    [InlineData(512, 1000)]
    public async Task Fork_is_found_without_reading_what_was_read(int from, int size)
    {
        using var log = new TestLog(600);
        (await VerifyAsync(log)).Shows(0, "verified");
        log.Rewrite(from, size);
        (await VerifyAsync(log, "--incremental")).Shows(1, "fork");
        Assert.Single(Directory.GetFiles(log.StateFolder, "*.contradicted-by-*"));
    }

    [Theory]
    [InlineData("tile/entries/002.p/188", 0, "entries-malformed")]
    [InlineData("tile/entries/002.p/188", -1, "root-mismatch")]
    [InlineData("tile/0/002.p/188", 3, "tile-mismatch")]
    [InlineData("tile/1/000.p/2", 3, "tile-mismatch")]
    public async Task Damage_where_it_reads_has_the_code_of_a_full_run(string path, int place, string code)
    {
        using var log = new TestLog(600);
        (await VerifyAsync(log)).Shows(0, "verified");
        log.Grow(100);
        log.Flip(path, place);
        (await VerifyAsync(log, "--incremental")).Shows(1, code);
        (await VerifyAsync(log)).Shows(1, code);
    }

    [Fact]
    public async Task Missing_edge_tile_is_found_by_the_full_run_that_follows()
    {
        using var log = new TestLog(600);
        (await VerifyAsync(log)).Shows(0, "verified");
        log.Grow(100);
        File.Delete(log.FileOf("tile/1/000.p/2"));
        (await VerifyAsync(log, "--incremental")).Shows(1, "tile-missing");
    }

    [Fact]
    public async Task Old_entry_damaged_later_shows_in_a_full_run_only()
    {
        using var log = new TestLog(600);
        (await VerifyAsync(log)).Shows(0, "verified");
        log.Flip("tile/entries/000", -1);
        (await VerifyAsync(log, "--incremental")).Shows(0, "verified");
        (await VerifyAsync(log)).Shows(1, "root-mismatch");
    }

    [Fact]
    public async Task What_was_verified_at_one_place_is_read_at_another()
    {
        using var log = new TestLog(600);
        using var mirror = new TestLog(600);
        (await VerifyAsync(log)).Shows(0, "verified");
        mirror.Flip("tile/entries/000", -1);
        (await DxRun.InProcessAsync(["verify", mirror.Folder, "--vkey", log.Vkey, "--state", log.StateFolder, "--incremental", "--json"])).Shows(1, "root-mismatch");
        Assert.Equal(600 - 512, (await VerifyAsync(log, "--incremental")).Shows(0, "verified").Json.GetProperty("entriesRead").GetInt32());
    }

    private static Task<DxRun> VerifyAsync(TestLog log, params string[] more) =>
        DxRun.InProcessAsync(["verify", log.Folder, "--vkey", log.Vkey, "--state", log.StateFolder, "--json", .. more]);
}
