using DataExchange.TransparencyLog.Tests.Support;

namespace DataExchange.TransparencyLog.Tests.Appending;

/// <summary>A store whose commits wait for the test shows what gathers meanwhile.</summary>
public sealed class GroupCommitTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualResetEventSlim _open = new(initialState: true);
    private readonly SemaphoreSlim _reached = new(0);
    private int _commits;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _folder.Dispose();
        _open.Dispose();
        _reached.Dispose();
    }

    [Fact]
    public async Task What_arrives_during_a_commit_shares_the_next_one()
    {
        await using var region = await OpenAsync();
        var first = await BlockAsync(region);
        var rest = region.Access.AppendManyAsync(300);
        _open.Set();

        Assert.Equal(1, (await first).Batch!.Checkpoint.Size);
        Assert.All(await rest, result => Assert.Equal(301, result.Batch!.Checkpoint.Size));
        Assert.Equal(2, _commits);
    }

    [Fact]
    public async Task A_batch_is_bounded_in_entries()
    {
        await using var region = await OpenAsync(options => options.MaxBatchEntries = 100);
        var first = await BlockAsync(region);
        var rest = region.Access.AppendManyAsync(300);
        _open.Set();
        Assert.Equal([101, 201, 301], (await rest).Select(result => result.Batch!.Checkpoint.Size).Distinct().Order());
        await first;
    }

    [Fact]
    public async Task A_batch_is_bounded_in_bytes_but_takes_at_least_one_entry()
    {
        await using var region = await OpenAsync(options => options.MaxBatchBytes = 1);
        var first = await BlockAsync(region);
        var rest = region.Access.AppendManyAsync(3);
        _open.Set();
        Assert.Equal([2, 3, 4], (await rest).Select(result => result.Batch!.Checkpoint.Size).Order());
        await first;
    }

    [Fact]
    public async Task What_does_not_fit_in_the_queue_is_refused_at_once_and_does_not_poison_the_log()
    {
        await using var region = await OpenAsync(options => options.MaxQueuedEntries = 2);
        var first = await BlockAsync(region);
        var waiting = new[] { region.Access.AppendAsync("a").AsTask(), region.Access.AppendAsync("b").AsTask() };
        var refused = region.Access.AppendAsync("c");
        Assert.True(refused.IsFaulted);
        await Assert.ThrowsAsync<LogUnavailableException>(async () => await refused);
        Assert.True(region.Access.Health.IsWritable);
        _open.Set();
        await first;
        await Task.WhenAll(waiting);
        Assert.Equal(3, region.Access.Latest.Size);
    }

    [Fact]
    public async Task Cancelling_stops_the_wait_but_not_the_append()
    {
        await using var region = await OpenAsync();
        var first = await BlockAsync(region);
        using var cancellation = new CancellationTokenSource();
        var cancelled = region.Access.AppendAsync(Entries.Of("left behind"), cancellation.Token).AsTask();
        var kept = region.Access.AppendAsync("kept").AsTask();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        _open.Set();
        await first;
        await kept;
        var texts = await region.Access.ReadAsync(0, 10, Token).Select(entry => entry.Text()).ToListAsync(Token);
        Assert.Equal(["first", "left behind", "kept"], texts);
    }

    [Fact]
    public async Task Cancelled_before_it_was_queued_it_is_not_appended()
    {
        await using var region = await OpenAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await region.Access.AppendAsync(Entries.Of("never"), new CancellationToken(true)));
        await region.Access.AppendAsync("only");
        Assert.Equal(1, region.Access.Latest.Size);
    }

    [Fact]
    public async Task Waiters_that_race_with_their_cancellation_get_one_answer_each_and_never_anothers()
    {
        await using var region = await OpenAsync();
        var seen = await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            var acknowledged = new List<(long Index, string Text)>();
            for (var i = 0; i < 400; i++)
            {
                using var cancellation = new CancellationTokenSource();
                var text = $"{writer}/{i}";
                var append = region.Access.AppendAsync(Entries.Of(text), cancellation.Token);
                var cancel = i % 2 == 0 ? Task.CompletedTask : Task.Run(cancellation.Cancel, Token);
                try
                {
                    acknowledged.Add(((await append).Index, text));
                }
                catch (OperationCanceledException)
                {
                    Assert.True(cancellation.IsCancellationRequested);
                }

                await cancel;
            }

            return acknowledged;
        }, Token)));
        await LogAudit.HoldsAsync(region.Access, seen.SelectMany(acknowledged => acknowledged));
    }

    [Fact]
    public async Task Stopping_commits_what_waits_and_refuses_what_comes()
    {
        var region = await OpenAsync();
        var first = await BlockAsync(region);
        var waiting = region.Access.AppendManyAsync(10);
        var stopping = region.DisposeAsync().AsTask();
        await Assert.ThrowsAsync<LogUnavailableException>(async () => await region.Access.AppendAsync("late"));
        _open.Set();
        await first;
        Assert.All(await waiting, result => Assert.Equal(AppendStatus.Committed, result.Status));
        await stopping;
        await using var again = await TestRegion.OpenAsync(_folder);
        await LogAudit.SoundAsync(again.Access);
        Assert.Equal(11, again.Access.Published.Size);
    }

    private async Task<TestRegion> OpenAsync(Action<TransparencyLogOptions>? configure = null) => await TestRegion.OpenAsync(
        _folder,
        inner =>
        {
            var storage = new FaultyStorage(inner, LogNames.Access);
            storage.OnEach(point =>
            {
                if (point == FaultPoint.BeforeCommit)
                {
                    Interlocked.Increment(ref _commits);
                    _reached.Release();
                    _open.Wait(TimeSpan.FromSeconds(30));
                }
            });
            return storage;
        },
        configure);

    /// <summary>Appends one entry whose commit stays open until the test lets it go.</summary>
    private async Task<Task<AppendResult>> BlockAsync(TestRegion region)
    {
        _open.Reset();
        var first = region.Access.AppendAsync("first").AsTask();
        Assert.True(await _reached.WaitAsync(TimeSpan.FromSeconds(30), Token));
        return first;
    }
}
