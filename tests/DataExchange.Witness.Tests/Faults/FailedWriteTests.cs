using DataExchange.Merkle;
using DataExchange.Witness.State;
using DataExchange.Witness.Tests.Support;

namespace DataExchange.Witness.Tests.Faults;

/// <summary>A write that fails leaves the disk in doubt: nothing is answered until it has been read again and written anew.</summary>
public sealed class FailedWriteTests : IAsyncLifetime
{
    private const int RecoveryFailed = 8003;
    private const int Recovered = 8004;
    private readonly TemporaryFolder _folder = new();
    private readonly UniformLog _log = new("demo.example/access");
    private readonly EventLoggers _events = new();
    private FaultyStore _store = null!;
    private RunningWitness _witness = null!;

    public async ValueTask InitializeAsync()
    {
        _witness = await RunningWitness.StartAsync(
            RunningWitness.OptionsOf(_folder, _log), loggers: _events, openStore: folder => _store = new FaultyStore(new StateFile(folder)));
        await _witness.SubmitAsync(_log, 0, 5);
    }

    public async ValueTask DisposeAsync()
    {
        await _witness.DisposeAsync();
        _folder.Dispose();
        _log.Dispose();
    }

    [Fact]
    public async Task Nothing_is_answered_while_the_disk_is_in_doubt()
    {
        _store.FailBeforeWriting();
        Assert.Equal((503, "state-in-doubt"), await CodeAsync(_witness.SubmitAsync(_log, 5, 9)));
        await _events.WaitForAsync(RecoveryFailed);

        Assert.Equal((503, "state-in-doubt"), await CodeAsync(_witness.SubmitAsync(_log, 5, 9)));
        Assert.Equal((503, "state-in-doubt"), await CodeAsync(_witness.SubmitAsync(_log, 0, 9)));
        Assert.Equal((503, "state-in-doubt"), await CodeAsync(_witness.GetAsync(WitnessPaths.Checkpoint(_log.Origin))));
        Assert.Equal((503, "state-in-doubt"), await CodeAsync(_witness.GetAsync("/health/ready")));
        Assert.Equal(200, (await _witness.GetAsync("/health/live")).Status);
    }

    [Fact]
    public async Task Write_that_failed_and_left_nothing_can_be_made_again()
    {
        _store.FailBeforeWriting();
        Assert.Equal(503, (await _witness.SubmitAsync(_log, 5, 9)).Status);
        _store.Heal();
        await _events.WaitForAsync(Recovered);
        _witness.TimeOf(await _witness.SubmitAsync(_log, 5, 9), _log, 9);
    }

    [Fact]
    public async Task Write_that_failed_and_persisted_counts_as_made()
    {
        _store.FailAfterWriting();
        Assert.Equal(503, (await _witness.SubmitAsync(_log, 5, 9)).Status);
        _store.Heal();
        await _events.WaitForAsync(Recovered);

        Assert.Equal(new Answer(409, "text/x.tlog.size", "9\n"), await _witness.SubmitAsync(_log, 5, 9));
        _witness.TimeOf(await _witness.SubmitAsync(_log, 9, 9), _log, 9);
    }

    [Fact]
    public async Task Everybody_who_shares_a_failed_write_is_refused()
    {
        _store.FailBeforeWriting();
        var answers = await Task.WhenAll(Enumerable.Range(6, 32).Select(size => _witness.SubmitAsync(_log, 5, size)));
        Assert.All(answers, answer => Assert.Equal("state-in-doubt", answer.Code));
    }

    [Fact]
    public async Task Older_state_found_on_the_disk_is_never_taken()
    {
        _store.Remember();
        await _witness.SubmitAsync(_log, 5, 9);
        _store.FailBeforeWriting();
        Assert.Equal(503, (await _witness.SubmitAsync(_log, 9, 10)).Status);
        _store.PutBack();
        _store.Heal();
        await _events.WaitForAsync(RecoveryFailed, times: 3);

        Assert.DoesNotContain(Recovered, _events.Events);
        Assert.Equal(503, (await _witness.SubmitAsync(_log, 5, 9)).Status);
    }

    [Fact]
    public async Task Witness_in_doubt_stops_without_delay_and_starts_from_what_the_disk_holds()
    {
        _store.FailAfterWriting();
        Assert.Equal(503, (await _witness.SubmitAsync(_log, 5, 9)).Status);
        await _witness.DisposeAsync();

        await using var again = await RunningWitness.StartAsync(_folder, _log);
        Assert.Equal(new Answer(409, "text/x.tlog.size", "9\n"), await again.SubmitAsync(_log, 5, 9));
    }

    private static async Task<(int Status, string? Code)> CodeAsync(Task<Answer> asked)
    {
        var answer = await asked;
        return (answer.Status, answer.Code);
    }
}
