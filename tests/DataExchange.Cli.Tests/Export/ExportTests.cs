using DataExchange.Cli.Tests.Logs;
using DataExchange.Cli.Tests.Verify;
using DataExchange.Merkle;

namespace DataExchange.Cli.Tests.Export;

public sealed class ExportTests : IDisposable
{
    private readonly string _target = Path.Combine(Directory.CreateTempSubdirectory("dx-export-").FullName, "tree");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_target)!, recursive: true);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(256)]
    [InlineData(600)]
    [InlineData(66_000)]
    public async Task Exported_tree_is_the_log_byte_for_byte(int size)
    {
        using var log = new TestLog(size);
        Assert.Equal(size, (await ExportAsync(log)).Shows(0, "verified").Json.GetProperty("size").GetInt32());
        AssertSame(log.Folder, _target);
    }

    [Fact]
    public async Task Log_over_http_is_exported_and_an_independent_verifier_takes_the_tree()
    {
        using var log = new TestLog(1300);
        await using var server = await LogServer.StartAsync(log);
        (await ExportAsync(log, server.Address)).Shows(0, "verified");
        AssertSame(log.Folder, _target);
        (await DxRun.InProcessAsync(["verify", _target, "--vkey", log.Vkey, "--state", log.StateFolder, "--json"])).Shows(0, "verified");
        Assert.Equal(0, (await PythonVerifier.RunAsync(new Uri(_target).AbsoluteUri, log.Vkey)).ExitCode);
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(200, 56)]
    [InlineData(600, 100)]
    [InlineData(600, 700)]
    [InlineData(65_000, 1000)]
    public async Task Second_run_writes_only_what_is_new(int before, int more)
    {
        using var log = new TestLog(before);
        (await ExportAsync(log)).Shows(0, "verified");
        var old = Directory.GetFiles(_target, "*", SearchOption.AllDirectories).ToDictionary(file => file, File.GetLastWriteTimeUtc);

        log.Grow(more);
        var json = (await ExportAsync(log)).Shows(0, "verified").Json;
        Assert.Equal(before, json.GetProperty("sizeBefore").GetInt32());
        var now = Directory.GetFiles(_target, "*", SearchOption.AllDirectories);
        Assert.All(now.Where(old.ContainsKey), file => Assert.True(Path.GetFileName(file) == "checkpoint" || old[file] == File.GetLastWriteTimeUtc(file), file));
        Assert.Equal(now.Count(file => !old.ContainsKey(file)) + 1, json.GetProperty("filesWritten").GetInt32());
        (await DxRun.InProcessAsync(["verify", _target, "--vkey", log.Vkey, "--state", log.StateFolder, "--json"])).Shows(0, "verified");
    }

    [Fact]
    public async Task Run_without_news_writes_nothing()
    {
        using var log = new TestLog(600);
        (await ExportAsync(log)).Shows(0, "verified");
        Assert.Equal(0, (await ExportAsync(log)).Shows(0, "verified").Json.GetProperty("filesWritten").GetInt32());
    }

    [Fact]
    public async Task Partial_tiles_of_a_run_that_was_killed_go_too()
    {
        using var log = new TestLog(600);
        (await ExportAsync(log)).Shows(0, "verified");
        Directory.CreateDirectory(Path.Combine(_target, "tile/entries/003.p")); // It had reached 800 entries, and published nothing.
        await File.WriteAllTextAsync(Path.Combine(_target, "tile/entries/003.p/32"), "", TestContext.Current.CancellationToken);
        log.Grow(700);
        (await ExportAsync(log)).Shows(0, "verified");
        Assert.Equal(["tile/entries/005.p"], Directory.GetDirectories(Path.Combine(_target, "tile/entries")).Select(folder => Path.GetRelativePath(_target, folder)));
    }

    [Fact]
    public async Task Partial_tiles_go_when_the_full_tile_has_come_and_not_before()
    {
        using var log = new TestLog(600);
        (await ExportAsync(log)).Shows(0, "verified");
        log.Grow(100);
        (await ExportAsync(log)).Shows(0, "verified");
        Assert.True(File.Exists(Path.Combine(_target, "tile/entries/002.p/88")), "Readers of the older checkpoint have nothing else.");

        log.Grow(100);
        (await ExportAsync(log)).Shows(0, "verified");
        Assert.False(Directory.Exists(Path.Combine(_target, "tile/entries/002.p")));
        Assert.False(Directory.Exists(Path.Combine(_target, "tile/0/002.p")));
        Assert.True(File.Exists(Path.Combine(_target, "tile/1/000.p/2")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(700)]
    public async Task Export_killed_midway_leaves_the_older_tree_and_the_next_run_completes_the_new_one(int before)
    {
        using var log = new TestLog(before);
        if (before > 0)
        {
            (await ExportAsync(log)).Shows(0, "verified");
        }

        log.Grow(3000 - before);
        var hidden = log.FileOf("tile/entries/010");
        var entries = await File.ReadAllBytesAsync(hidden, TestContext.Current.CancellationToken);
        File.Delete(hidden);
        (await ExportAsync(log)).Shows(1, "entries-missing");
        Assert.True(File.Exists(Path.Combine(_target, "tile/entries/003")), "Something was written before it stopped.");
        await File.WriteAllTextAsync(Path.Combine(_target, "tile/entries/009.tmp"), "torn", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(_target, "tile/entries/004"), "torn", TestContext.Current.CancellationToken);
        Assert.Equal(before > 0, File.Exists(Path.Combine(_target, "checkpoint")));
        if (before > 0)
        {
            (await DxRun.InProcessAsync(["verify", _target, "--vkey", log.Vkey, "--state", log.StateFolder, "--json"])).Shows(0, "verified");
        }

        await File.WriteAllBytesAsync(hidden, entries, TestContext.Current.CancellationToken);
        (await ExportAsync(log)).Shows(0, "verified");
        log.RemoveOldPartials();
        AssertSame(log.Folder, _target);
    }

    [Fact]
    public async Task Killed_process_leaves_a_folder_that_the_next_run_completes()
    {
        using var log = new TestLog(3000);
        await using var server = await LogServer.StartAsync(log, stallAt: "/tile/entries/009");
        using (var export = DxRun.Start(["export", server.Address, _target, "--vkey", log.Vkey]))
        {
            await server.Stalled.WaitAsync(TestContext.Current.CancellationToken);
            export.Kill();
            await export.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        Assert.False(File.Exists(Path.Combine(_target, "checkpoint")));
        (await ExportAsync(log)).Shows(0, "verified");
        AssertSame(log.Folder, _target);
    }

    [Theory]
    [InlineData("tile/entries/001", -1, "root-mismatch")]
    [InlineData("tile/entries/001", 0, "entries-malformed")]
    [InlineData("tile/0/001", 3, "tile-mismatch")]
    [InlineData("checkpoint", 3, "checkpoint-invalid")]
    public async Task Log_that_does_not_verify_is_not_published(string path, int place, string code)
    {
        using var log = new TestLog(600);
        log.Flip(path, place);
        (await ExportAsync(log)).Shows(1, code);
        Assert.False(File.Exists(Path.Combine(_target, "checkpoint")));
    }

    [Theory]
    [InlineData(300, 700, "fork")]
    [InlineData(599, 600, "fork")]
    [InlineData(590, 590, "rollback")]
    public async Task Log_that_does_not_extend_the_folder_is_refused(int from, int size, string code)
    {
        using var log = new TestLog(600);
        (await ExportAsync(log)).Shows(0, "verified");
        var checkpoint = await File.ReadAllTextAsync(Path.Combine(_target, "checkpoint"), TestContext.Current.CancellationToken);
        log.Rewrite(from, size);
        (await ExportAsync(log)).Shows(1, code);
        Assert.Equal(checkpoint, await File.ReadAllTextAsync(Path.Combine(_target, "checkpoint"), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("tile/0/002.p/88")]
    [InlineData("tile/1/000.p/2")]
    public async Task Folder_that_is_damaged_where_it_is_gone_on_from_is_refused(string path)
    {
        using var log = new TestLog(600);
        (await ExportAsync(log)).Shows(0, "verified");
        var bytes = await File.ReadAllBytesAsync(Path.Combine(_target, path), TestContext.Current.CancellationToken);
        bytes[0] ^= 1;
        await File.WriteAllBytesAsync(Path.Combine(_target, path), bytes, TestContext.Current.CancellationToken);
        log.Grow(100);
        (await ExportAsync(log)).Shows(1, "target-damaged");
    }

    [Fact]
    public async Task Folder_of_another_log_is_refused()
    {
        using var log = new TestLog(10);
        Directory.CreateDirectory(_target);
        using var other = NoteSigner.FromSeed(TestLog.Origin, NoteSigner.NewSeed());
        await File.WriteAllTextAsync(
            Path.Combine(_target, "checkpoint"), new Checkpoint(TestLog.Origin, 10, log.Root).Sign(other), TestContext.Current.CancellationToken);
        (await ExportAsync(log)).Shows(1, "checkpoint-invalid");
    }

    [Fact]
    public async Task Folder_that_cannot_be_written_is_no_verdict()
    {
        using var log = new TestLog(10);
        await File.WriteAllTextAsync(_target, "in the way", TestContext.Current.CancellationToken);
        (await ExportAsync(log)).Shows(2, "output-unwritable");
    }

    private static void AssertSame(string expected, string actual) => Assert.Equal(Content(expected), Content(actual));

    private static SortedDictionary<string, string> Content(string folder) => new(
        Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file)[0] != '.')
            .ToDictionary(file => Path.GetRelativePath(folder, file), file => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)))));

    private Task<DxRun> ExportAsync(TestLog log, string? from = null) => DxRun.InProcessAsync(["export", from ?? log.Folder, _target, "--vkey", log.Vkey, "--json"]);
}
