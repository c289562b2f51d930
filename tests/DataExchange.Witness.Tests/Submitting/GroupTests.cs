using System.Diagnostics.Metrics;
using System.Text;
using DataExchange.Merkle;
using DataExchange.Witness.Cosigning;
using DataExchange.Witness.Hosting;
using DataExchange.Witness.State;
using DataExchange.Witness.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace DataExchange.Witness.Tests.Submitting;

/// <summary>What waits at the same time is decided one after the other, written once, and answered after that.</summary>
public sealed class GroupTests : OneLogTest
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly WitnessSettings _settings;
    private readonly OpenWitness _open;
    private FaultyStore _store = null!;

    public GroupTests()
    {
        _settings = WitnessSettings.From(RunningWitness.OptionsOf(Folder, Log));
        _open = OpenWitness.Open(
            _settings, folder => _store = new FaultyStore(new StateFile(folder)), TimeProvider.System, _services.GetRequiredService<IMeterFactory>(), NullLoggerFactory.Instance);
    }

    [Fact]
    public async Task Submissions_that_wait_share_one_write_and_each_builds_on_the_one_before()
    {
        _store.Hold();
        var first = Submit(0, 1);
        await _store.HeldAsync();
        var before = _store.Writes;
        Task<WitnessAnswer>[] waiting = [Submit(1, 5), Submit(1, 6), Submit(5, 9), Submit(9, 9)];
        Assert.All(waiting, answer => Assert.False(answer.IsCompleted));
        _store.Release();

        Assert.Equal([WitnessOutcome.Cosign, WitnessOutcome.SizeConflict, WitnessOutcome.Cosign, WitnessOutcome.Cosign], (await Task.WhenAll(waiting)).Select(answer => answer.Outcome));
        Assert.Equal(5, (await waiting[1]).RecordedSize);
        Assert.Equal(WitnessOutcome.Cosign, (await first).Outcome);
        Assert.Equal(2, _store.Writes - before);
        Assert.Equal(9, _open.Witness.Latest(Log.Origin)!.Checkpoint.Size);
    }

    [Fact]
    public async Task Neither_answer_nor_monitoring_runs_ahead_of_the_disk()
    {
        await Submit(0, 5);
        _store.Hold();
        var answer = Submit(5, 9);
        await _store.HeldAsync();

        // Decided, cosigned, and not yet durable.
        Assert.False(answer.IsCompleted);
        Assert.Equal(5, _open.Witness.Latest(Log.Origin)!.Checkpoint.Size);
        _store.Release();
        Assert.Equal(WitnessOutcome.Cosign, (await answer).Outcome);
        Assert.Equal(9, _open.Witness.Latest(Log.Origin)!.Checkpoint.Size);
    }

    [Fact]
    public async Task Refusals_write_nothing()
    {
        await Submit(0, 5);
        var before = _store.Writes;
        Assert.Equal(WitnessOutcome.SizeConflict, (await Submit(0, 9)).Outcome);
        Assert.Equal(before, _store.Writes);
    }

    [Fact]
    public async Task More_than_may_wait_are_refused_at_once()
    {
        _store.Hold();
        List<Task<WitnessAnswer>> waiting = [Submit(0, 1)];
        await _store.HeldAsync();
        for (var i = 0; i < Cosigning.Witness.MaxWaiting; i++)
        {
            waiting.Add(Submit(0, 1));
        }

        Assert.Equal("busy", (await Assert.ThrowsAsync<WitnessUnavailableException>(() => Submit(0, 1))).Problem.Code);
        _store.Release();
        Assert.All((await Task.WhenAll(waiting)).Skip(1), answer => Assert.Equal(WitnessOutcome.SizeConflict, answer.Outcome));
    }

    protected override void Dispose(bool disposing)
    {
        _store.Release();
        _open.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _services.Dispose();
        base.Dispose(disposing);
    }

    private Task<WitnessAnswer> Submit(long oldSize, long size)
    {
        Assert.True(WitnessRule.TryExamine(Encoding.UTF8.GetBytes(Log.Body(oldSize, size)), _settings.Logs, out var submission, out _));
        return _open.Witness.SubmitAsync(submission);
    }
}
