using System.Text.Json.Nodes;
using DataExchange.Cli.Output;
using DataExchange.Cli.Sources;
using DataExchange.Cli.Tests.Logs;
using DataExchange.Cli.Verify;
using DataExchange.Merkle;

namespace DataExchange.Cli.Tests.Verify;

public sealed class ResumeTests : IDisposable
{
    private const string Third = "tile/entries/003";

    private readonly TestLog _log = new(2000);

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task Stopped_run_is_gone_on_from()
    {
        await StopAsync();
        Assert.Equal(2000 - 768, (await ResumeAsync()).Shows(0, "verified").Json.GetProperty("entriesRead").GetInt32());
        Assert.Empty(Directory.GetFiles(_log.StateFolder, "*.progress"));
    }

    [Fact]
    public async Task Killed_run_is_gone_on_from_where_it_last_saved()
    {
        using var source = new BreakingSource(_log.Folder, Third, () => throw FindingException.CannotTell(FindingCode.SourceUnreadable, "gone"));
        var finding = await Assert.ThrowsAsync<FindingException>(() => Run(source, new RacingClock()).RunAsync(TestContext.Current.CancellationToken));
        Assert.Equal(FindingCode.SourceUnreadable, finding.Code);
        Assert.Equal(2000 - 768, (await ResumeAsync()).Shows(0, "verified").Json.GetProperty("entriesRead").GetInt32());
    }

    [Fact]
    public async Task Log_that_grew_meanwhile_is_gone_on_with()
    {
        await StopAsync();
        _log.Grow(300);
        Assert.Equal(2300 - 768, (await ResumeAsync()).Shows(0, "verified").Json.GetProperty("entriesRead").GetInt32());
    }

    [Fact]
    public async Task Without_being_asked_a_run_begins_anew()
    {
        await StopAsync();
        Assert.Equal(2000, (await VerifyAsync()).Shows(0, "verified").Json.GetProperty("entriesRead").GetInt32());
    }

    [Fact]
    public async Task What_is_wrong_in_the_rest_is_found()
    {
        await StopAsync();
        _log.Flip("tile/entries/005", -1);
        (await ResumeAsync()).Shows(1, "root-mismatch");
    }

    [Fact]
    public async Task Other_history_of_the_same_key_is_not_taken_for_the_beginning()
    {
        await StopAsync();
        _log.Rewrite(700, 2000);
        Assert.Equal(2000, (await ResumeAsync()).Shows(0, "verified").Json.GetProperty("entriesRead").GetInt32());
    }

    [Fact]
    public async Task Remembered_checkpoint_is_held_against_a_resumed_run_too()
    {
        (await VerifyAsync()).Shows(0, "verified");
        _log.Rewrite(100, 2500);
        await StopAsync();
        (await ResumeAsync()).Shows(1, "fork");
    }

    [Theory]
    [InlineData("entries", 512)]
    [InlineData("entries", 769)]
    [InlineData("entries", 4096)]
    [InlineData("entries", -256)]
    [InlineData("root", null)]
    [InlineData("vkey", null)]
    public async Task Changed_progress_costs_time_and_nothing_else(string member, int? value)
    {
        await StopAsync();
        var file = Directory.GetFiles(_log.StateFolder, "*.progress").Single();
        var progress = JsonNode.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken))!;
        progress[member] = value is { } number ? number : new MerkleHash(new byte[32]).ToString();
        await File.WriteAllTextAsync(file, progress.ToJsonString(), TestContext.Current.CancellationToken);

        _log.Flip("tile/entries/000", -1);
        (await ResumeAsync()).Shows(1, "root-mismatch");
        _log.Flip("tile/entries/000", -1);
        Assert.Equal(2000, (await ResumeAsync()).Shows(0, "verified").Json.GetProperty("entriesRead").GetInt32());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    public async Task Progress_that_cannot_be_read_is_none(string content)
    {
        await StopAsync();
        await File.WriteAllTextAsync(Directory.GetFiles(_log.StateFolder, "*.progress").Single(), content, TestContext.Current.CancellationToken);
        Assert.Equal(2000, (await ResumeAsync()).Shows(0, "verified").Json.GetProperty("entriesRead").GetInt32());
    }

    [Fact]
    public async Task Progress_is_not_saved_past_something_that_is_wrong()
    {
        _log.Flip("tile/0/001", 5);
        await StopAsync();
        Assert.False(Directory.Exists(_log.StateFolder) && Directory.GetFiles(_log.StateFolder, "*.progress").Length > 0);
    }

    private async Task StopAsync()
    {
        using var stop = new CancellationTokenSource();
        using var source = new BreakingSource(_log.Folder, Third, stop.Cancel);
        var finding = await Assert.ThrowsAsync<FindingException>(() => Run(source, TimeProvider.System).RunAsync(stop.Token));
        Assert.Equal(FindingCode.Cancelled, finding.Code);
    }

    private VerifyRun Run(ILogSource source, TimeProvider clock)
    {
        var console = new DxConsole(TextWriter.Null, TextWriter.Null, () => Stream.Null, false, _log.StateFolder) { Clock = clock };
        return new VerifyRun(console, new LogResources(source), _log.Folder, _log.Signer.Verifier, null);
    }

    private Task<DxRun> ResumeAsync() => VerifyAsync("--resume");

    private Task<DxRun> VerifyAsync(params string[] more) =>
        DxRun.InProcessAsync(["verify", _log.Folder, "--vkey", _log.Vkey, "--state", _log.StateFolder, "--json", .. more]);
}
