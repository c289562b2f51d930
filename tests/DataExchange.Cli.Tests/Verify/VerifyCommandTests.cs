using DataExchange.Cli.Tests.Logs;

namespace DataExchange.Cli.Tests.Verify;

public class VerifyCommandTests
{
    [Fact]
    public async Task Log_over_http_verifies_and_a_flipped_byte_does_not()
    {
        using var log = new TestLog(3000);
        await using var server = await LogServer.StartAsync(log);
        (await VerifyAsync(log, server.Address)).Shows(0, "verified");
        (await VerifyAsync(log, server.Address + "/")).Shows(0, "verified");
        log.Flip("tile/entries/007", 100);
        (await VerifyAsync(log, server.Address)).Shows(1, "root-mismatch");
        File.Delete(log.FileOf("tile/entries/009"));
        (await VerifyAsync(log, server.Address)).Shows(1, "entries-missing");
    }

    [Fact]
    public async Task Server_that_fails_is_no_verdict()
    {
        using var log = new TestLog(600);
        await using var server = await LogServer.StartAsync(log, statusOfTiles: 503);
        (await VerifyAsync(log, server.Address)).Shows(2, "source-unreadable");
        Assert.False(Directory.Exists(log.StateFolder));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task Body_that_is_not_encoded_as_it_says_is_no_verdict(string encoding)
    {
        using var log = new TestLog(600);
        await using var server = await LogServer.StartAsync(log, falseEncoding: encoding);
        (await VerifyAsync(log, server.Address)).Shows(2, "source-unreadable");
    }

    [Fact]
    public async Task Server_that_is_not_there_is_no_verdict()
    {
        using var log = new TestLog(600);
        string address;
        await using (var server = await LogServer.StartAsync(log))
        {
            address = server.Address;
        }

        (await VerifyAsync(log, address)).Shows(2, "source-unreadable");
    }

    [Fact]
    public async Task Folder_without_a_log_is_no_verdict()
    {
        using var log = new TestLog(1);
        File.Delete(log.FileOf("checkpoint"));
        (await VerifyAsync(log, log.Folder)).Shows(2, "source-unreadable");
        (await VerifyAsync(log, log.FileOf("nowhere"))).Shows(2, "source-unreadable");
    }

    [Fact]
    public async Task File_that_is_too_large_is_not_read()
    {
        using var log = new TestLog(1);
        await File.WriteAllBytesAsync(log.FileOf("checkpoint"), new byte[2 << 20], TestContext.Current.CancellationToken);
        (await VerifyAsync(log, log.Folder)).Shows(2, "source-unreadable");
        await using var server = await LogServer.StartAsync(log);
        (await VerifyAsync(log, server.Address)).Shows(2, "source-unreadable");
    }

    [Fact]
    public async Task Key_is_fetched_only_when_asked_for()
    {
        using var log = new TestLog(10);
        string[] args = ["verify", log.Folder, "--state", log.StateFolder, "--json"];
        var run = await DxRun.InProcessAsync(args);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--vkey", run.Error, StringComparison.Ordinal);
        (await DxRun.InProcessAsync([.. args, "--trust-fetched-vkey"])).Shows(0, "verified");
        Assert.Equal(2, (await DxRun.InProcessAsync([.. args, "--trust-fetched-vkey", "--vkey", log.Vkey])).ExitCode);

        File.Delete(log.FileOf("vkey"));
        (await DxRun.InProcessAsync([.. args, "--trust-fetched-vkey"])).Shows(2, "source-unreadable");
    }

    [Theory]
    [InlineData("")]
    [InlineData("demo.example/access")]
    [InlineData("demo.example/access+00000000+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    public async Task Key_that_is_none_is_an_error(string vkey)
    {
        using var log = new TestLog(10);
        (await DxRun.InProcessAsync(["verify", log.Folder, "--vkey", vkey, "--state", log.StateFolder, "--json"])).Shows(2, "key-malformed");
    }

    [Theory]
    [InlineData]
    [InlineData("verify")]
    [InlineData("verify", "a", "b", "--vkey", "k")]
    [InlineData("verify", "a", "--vkey", "k", "--unknown")]
    [InlineData("receipt")]
    [InlineData("receipt", "verify", "file")]
    [InlineData("prove")]
    public async Task Wrong_usage_is_exit_code_2(params string[] args)
    {
        var run = await DxRun.InProcessAsync(args);
        Assert.Equal(2, run.ExitCode);
        Assert.NotEmpty(run.Error);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("--version")]
    [InlineData("verify", "--help")]
    public async Task Help_is_exit_code_0(params string[] args) => Assert.Equal(0, (await DxRun.InProcessAsync(args)).ExitCode);

    [Fact]
    public async Task Plain_output_says_what_was_checked_and_what_was_found()
    {
        using var log = new TestLog(1234);
        string[] args = ["verify", log.Folder, "--vkey", log.Vkey, "--state", log.StateFolder];
        var verified = await DxRun.InProcessAsync(args);
        Assert.StartsWith("Verified: demo.example/access", verified.Out, StringComparison.Ordinal);
        Assert.Contains("1,234", verified.Out, StringComparison.Ordinal);
        Assert.Contains(log.Root.ToString(), verified.Out, StringComparison.Ordinal);
        Assert.Empty(verified.Error);

        log.Rewrite(100, 1300);
        Assert.StartsWith("DOES NOT VERIFY (fork): ", (await DxRun.InProcessAsync(args)).Out, StringComparison.Ordinal);
        Assert.StartsWith("Cannot tell (source-unreadable): ", (await DxRun.InProcessAsync(["verify", "nowhere", .. args[2..]])).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Progress_is_shown_to_people_and_cleared_at_the_end()
    {
        using var log = new TestLog(2600);
        var run = await DxRun.InProcessAsync(
            ["verify", log.Folder, "--vkey", log.Vkey, "--state", log.StateFolder, "--json"], isTerminal: true);
        run.Shows(0, "verified");
        Assert.Contains("0 %  0 of 2,600 entries", run.Error, StringComparison.Ordinal);
        Assert.Contains("100 %  2,600 of 2,600 entries", run.Error, StringComparison.Ordinal);
        Assert.EndsWith("\r", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_returns_the_exit_codes()
    {
        using var log = new TestLog(300);
        string[] args = ["verify", log.Folder, "--vkey", log.Vkey, "--state", log.StateFolder, "--json"];
        (await DxRun.ProcessAsync(args)).Shows(0, "verified");
        log.Flip("tile/0/000", 0);
        (await DxRun.ProcessAsync(args)).Shows(1, "tile-mismatch");
        File.Delete(log.FileOf("checkpoint"));
        (await DxRun.ProcessAsync(args)).Shows(2, "source-unreadable");
        Assert.Equal(2, (await DxRun.ProcessAsync(["verify"])).ExitCode);
    }

    private static Task<DxRun> VerifyAsync(TestLog log, string location) =>
        DxRun.InProcessAsync(["verify", location, "--vkey", log.Vkey, "--state", log.StateFolder, "--json"]);
}
