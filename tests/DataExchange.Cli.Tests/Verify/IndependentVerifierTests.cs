using DataExchange.Cli.Tests.Logs;
using DataExchange.Merkle;

namespace DataExchange.Cli.Tests.Verify;

/// <summary>The Python verifier shares no code with us. What it accepts, others accept; and it has to be able to say no.</summary>
public class IndependentVerifierTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(256)]
    [InlineData(600)]
    [InlineData(66_000)]
    public async Task Honest_log_verifies(int size)
    {
        using var log = new TestLog(size);
        await using var server = await LogServer.StartAsync(log);
        var run = await VerifyAsync(server.Address, log.Vkey);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal($"ok: {TestLog.Origin} {size} {log.Root}", run.Out.Trim());
    }

    [Fact]
    public async Task Whatever_is_broken_is_found()
    {
        using var log = new TestLog(600);
        var address = new Uri(log.Folder).AbsoluteUri;
        Assert.Equal(0, (await VerifyAsync(address, log.Vkey)).ExitCode);
        foreach (var path in new[] { "tile/entries/001", "tile/entries/002.p/88", "tile/0/000", "tile/0/002.p/88", "tile/1/000.p/2", "checkpoint" })
        {
            log.Flip(path, -3);
            var run = await VerifyAsync(address, log.Vkey);
            Assert.True(run.ExitCode == 1, $"{path}: {run.Out}{run.Error}");
            log.Flip(path, -3);
        }

        File.Move(log.FileOf("tile/0/001"), log.FileOf("tile/0/elsewhere"));
        Assert.Equal(1, (await VerifyAsync(address, log.Vkey)).ExitCode);
        File.Move(log.FileOf("tile/0/elsewhere"), log.FileOf("tile/0/001"));

        log.SignCheckpoint(600, TreeHasher.EmptyRoot);
        Assert.Equal(1, (await VerifyAsync(address, log.Vkey)).ExitCode);
        log.SignCheckpoint(601, log.Root);
        Assert.Equal(1, (await VerifyAsync(address, log.Vkey)).ExitCode);
    }

    [Fact]
    public async Task Key_of_another_log_and_an_address_that_fails_are_told_apart()
    {
        using var log = new TestLog(10);
        using var other = NoteSigner.FromSeed(TestLog.Origin, NoteSigner.NewSeed());
        Assert.Equal(1, (await VerifyAsync(new Uri(log.Folder).AbsoluteUri, other.Verifier.ToString())).ExitCode);
        Assert.Equal(2, (await VerifyAsync(new Uri(log.Folder).AbsoluteUri, "nonsense")).ExitCode);
        await using var server = await LogServer.StartAsync(log, statusOfTiles: 500);
        Assert.Equal(2, (await VerifyAsync(server.Address, log.Vkey)).ExitCode);
    }

    [Fact]
    public async Task Log_that_does_not_extend_an_older_checkpoint_is_found()
    {
        using var log = new TestLog(600);
        var address = new Uri(log.Folder).AbsoluteUri;
        var older = log.FileOf("older");
        File.Copy(log.FileOf("checkpoint"), older);
        log.Grow(500);
        Assert.Equal(0, (await VerifyAsync(address, log.Vkey, "--older", older)).ExitCode);
        log.Rewrite(599, 1200);
        Assert.Equal(0, (await VerifyAsync(address, log.Vkey)).ExitCode);
        Assert.Equal(1, (await VerifyAsync(address, log.Vkey, "--older", older)).ExitCode);
        log.Rewrite(500, 500);
        Assert.Equal(1, (await VerifyAsync(address, log.Vkey, "--older", older)).ExitCode);
    }

    private static Task<DxRun> VerifyAsync(params string[] args) => IndependentVerifier.RunAsync(args);
}
