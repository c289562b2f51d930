using System.Text.Json;
using DataExchange.Cli.Tests.Logs;
using DataExchange.Contracts.Log;
using DataExchange.Merkle;

namespace DataExchange.Cli.Tests.Follow;

public class FollowTests
{
    private readonly StepClock _clock = new();

    [Theory]
    [InlineData(0, 1, 300)]
    [InlineData(300, 1, 1)]
    [InlineData(512, 88, 700)]
    public async Task Every_new_entry_is_printed_once_and_in_order(int before, int more, int evenMore)
    {
        using var log = Log(before);
        var run = FollowAsync(log, "--json", "--until", Text(before + more + evenMore));
        await _clock.SleepsAsync(run);
        log.Grow(more, Entry);
        await _clock.WakeAsync(run);
        await _clock.WakeAsync(run); // A look at which nothing is new.
        await _clock.SleepsAsync(run);
        log.Grow(evenMore, Entry);
        await _clock.WakeAsync(run);

        var lines = Lines(await run);
        Assert.Equal(Enumerable.Range(before, more + evenMore), lines[..^1].Select(line => line.GetProperty("index").GetInt32()));
        Assert.Equal("access.released", lines[0].GetProperty("kind").GetString());
        Assert.Equal(before, lines[0].GetProperty("timeMs").GetInt64());
        Assert.Equal(64, lines[0].GetProperty("tag").GetString()!.Length);
        Assert.Equal("verified", lines[^1].GetProperty("code").GetString());
    }

    [Fact]
    public async Task Entries_from_an_index_on_are_printed_for_people()
    {
        using var log = new TestLog(600, i => i == 599 ? "no leaf"u8.ToArray() : Entry(i));
        var run = await FollowAsync(log, "--from", "300", "--until", "600");
        Assert.Equal(0, run.ExitCode);
        var lines = run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(301, lines.Length);
        Assert.Equal("       300  1970-01-01 00:00:00.300Z  access.released         0000000000000000", lines[0]);
        Assert.Contains("7 bytes that are no leaf", lines[299], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Next_run_goes_on_where_the_last_one_ended()
    {
        using var log = Log(300);
        Assert.Single(Lines(await FollowAsync(log, "--json", "--until", "300")));
        log.Grow(5, Entry);
        Assert.Equal(300, Lines(await FollowAsync(log, "--json", "--until", "305"))[0].GetProperty("index").GetInt32());
    }

    [Theory]
    [InlineData(590, 590, "rollback")]
    [InlineData(599, 600, "fork")]
    [InlineData(300, 700, "fork")]
    public async Task Log_that_is_not_what_it_was_ends_it(int from, int size, string code)
    {
        using var log = Log(600);
        var run = FollowAsync(log, "--json");
        await _clock.SleepsAsync(run);
        log.Rewrite(from, size);
        await _clock.WakeAsync(run);
        Assert.Equal(1, (await run).ExitCode);
        Assert.Equal(code, Lines(await run).Single().GetProperty("code").GetString());
        Assert.Single(Directory.GetFiles(log.StateFolder, "*.contradicted-by-*"));
    }

    [Theory]
    [InlineData("tile/entries/002.p/188", -1, "root-mismatch")]
    [InlineData("tile/0/002.p/188", 3, "tile-mismatch")]
    [InlineData("checkpoint", 3, "checkpoint-invalid")]
    public async Task Growth_that_does_not_verify_ends_it_and_nothing_of_it_is_printed(string path, int place, string code)
    {
        using var log = Log(600);
        var run = FollowAsync(log, "--json");
        await _clock.SleepsAsync(run);
        log.Grow(100, Entry);
        log.Flip(path, place);
        await _clock.WakeAsync(run);
        Assert.Equal(code, Lines(await run).Single().GetProperty("code").GetString());
    }

    [Fact]
    public async Task Log_that_stands_still_too_long_has_an_exit_code_of_its_own()
    {
        using var log = Log(600);
        var run = FollowAsync(log, "--json", "--interval", "10s", "--max-age", "25s");
        await _clock.WakeAsync(run);
        await _clock.SleepsAsync(run);
        log.Grow(1, Entry);
        await _clock.WakeAsync(run);
        await _clock.WakeAsync(run);
        await _clock.WakeAsync(run);
        await _clock.WakeAsync(run);
        Assert.Equal(3, (await run).ExitCode);
        Assert.Equal("stale", Lines(await run)[^1].GetProperty("code").GetString());
    }

    [Fact]
    public async Task Log_that_cannot_be_reached_is_asked_again_ever_more_slowly()
    {
        using var log = Log(600);
        var run = FollowAsync(log, "--json", "--until", "601");
        await _clock.SleepsAsync(run);
        File.Move(log.FileOf("checkpoint"), log.FileOf("away"));
        await _clock.WakeAsync(run);
        for (var seconds = 1; seconds <= 4; seconds *= 2)
        {
            Assert.Equal(TimeSpan.FromSeconds(seconds), await _clock.SleepsAsync(run));
            await _clock.WakeAsync(run);
        }

        await _clock.SleepsAsync(run);
        log.Grow(1, Entry);
        await _clock.WakeAsync(run);
        Assert.Equal(0, (await run).ExitCode);
        Assert.Contains("Trying again in 4 s", (await run).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_entries_end_it_unless_the_log_has_moved_on()
    {
        using var log = Log(600);
        var run = FollowAsync(log, "--json");
        await _clock.SleepsAsync(run);
        log.Grow(100, Entry);
        File.Delete(log.FileOf("tile/entries/002.p/188"));
        await _clock.WakeAsync(run);
        Assert.Equal("entries-missing", Lines(await run).Single().GetProperty("code").GetString());
    }

    [Fact]
    public async Task Entries_that_were_passed_over_are_read_by_the_next_incremental_verification()
    {
        using var log = Log(600);
        Assert.Equal(0, (await FollowAsync(log, "--until", "600")).ExitCode);
        Assert.Equal(600, await EntriesReadAsync(log));

        log.Grow(500, Entry);
        Assert.Equal(0, (await FollowAsync(log, "--from", "1000", "--until", "1100")).ExitCode);
        Assert.Equal(1100 - 512, await EntriesReadAsync(log));

        log.Grow(500, Entry);
        Assert.Equal(0, (await FollowAsync(log, "--until", "1600")).ExitCode);
        Assert.Equal(1600 - 1536, await EntriesReadAsync(log));
    }

    [Fact]
    public async Task Quorum_that_is_waited_for_is_said_once()
    {
        using var log = Log(600);
        using var cosigner = CheckpointCosigner.FromSeed("witness.example/one", NoteSigner.NewSeed());
        var policy = log.FileOf("policy");
        await File.WriteAllTextAsync(policy, $"witness one {cosigner.Verifier}\nquorum one\n", TestContext.Current.CancellationToken);
        var run = FollowAsync(log, "--until", "600", "--policy", policy);
        await _clock.SleepsAsync(run);
        await _clock.WakeAsync(run);
        await _clock.SleepsAsync(run);
        var note = await File.ReadAllTextAsync(log.FileOf("checkpoint"), TestContext.Current.CancellationToken);
        Assert.True(Checkpoint.TryParse(note[..(note.IndexOf("\n\n", StringComparison.Ordinal) + 1)], out var checkpoint));
        await File.WriteAllTextAsync(log.FileOf("checkpoint"), note + cosigner.SignatureLine(checkpoint, 1_700_000_000), TestContext.Current.CancellationToken);
        await _clock.WakeAsync(run);

        Assert.Equal(0, (await run).ExitCode);
        Assert.Equal(2, (await run).Error.Split("lacks the quorum 'one'").Length);
    }

    [Fact]
    public async Task Policy_that_does_not_name_the_log_ends_it_at_once()
    {
        using var log = Log(600);
        using var other = NoteSigner.FromSeed(TestLog.Origin, NoteSigner.NewSeed());
        using var cosigner = CheckpointCosigner.FromSeed("witness.example/one", NoteSigner.NewSeed());
        var policy = log.FileOf("policy");
        await File.WriteAllTextAsync(policy, $"log {other.Verifier}\nwitness one {cosigner.Verifier}\nquorum one\n", TestContext.Current.CancellationToken);
        Assert.Equal("log-mismatch", Lines(await FollowAsync(log, "--json", "--policy", policy)).Single().GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("--from")]
    [InlineData("--until")]
    public async Task Index_below_zero_is_wrong_usage(string option)
    {
        using var log = Log(1);
        var run = await FollowAsync(log, $"{option}=-5");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"{option} has to be 0 or more", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10")]
    [InlineData("0s")]
    [InlineData("s")]
    [InlineData("-5s")]
    [InlineData("99999d")]
    public async Task Length_of_time_that_is_none_is_wrong_usage(string interval)
    {
        using var log = Log(1);
        Assert.Equal(2, (await FollowAsync(log, "--until", "1", "--interval", interval)).ExitCode);
    }

    private static async Task<int> EntriesReadAsync(TestLog log)
    {
        var run = await DxRun.InProcessAsync(["verify", log.Folder, "--vkey", log.Vkey, "--state", log.StateFolder, "--incremental", "--json"]);
        return run.Shows(0, "verified").Json.GetProperty("entriesRead").GetInt32();
    }

    private static TestLog Log(int entries) => new(entries, Entry);

    private static byte[] Entry(int index) => new Leaf(LeafKinds.AccessReleased, index, new byte[32], new byte[Commitment.Size]).Encode();

    private static JsonElement[] Lines(DxRun run) => [.. run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))];

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private Task<DxRun> FollowAsync(TestLog log, params string[] more) =>
        DxRun.InProcessAsync(["follow", log.Folder, "--vkey", log.Vkey, "--state", log.StateFolder, .. more], clock: _clock);
}
