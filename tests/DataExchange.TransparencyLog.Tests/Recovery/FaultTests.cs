using DataExchange.TransparencyLog.Tests.Support;

namespace DataExchange.TransparencyLog.Tests.Recovery;

/// <summary>Each call that the writer makes of its store is broken off in turn, as often as the writer makes it.</summary>
public sealed class FaultTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private FaultyStorage _storage = null!;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(FaultPoint.Begin)]
    [InlineData(FaultPoint.BeforeCommit)]
    [InlineData(FaultPoint.AfterCommit)]
    [InlineData(FaultPoint.EndOfTurn)]
    public async Task A_fault_refuses_who_waited_and_the_log_recovers_as_an_extension_of_what_was_signed(FaultPoint point)
    {
        await using var region = await OpenAsync();
        var acknowledged = new List<(long, string)>();
        var seen = new List<SignedCheckpoint>();
        for (var round = 0; round < 5; round++)
        {
            await AppendAsync(region, $"before {round}", acknowledged, seen);
            _storage.FailOnce(point);
            await AssertRefusedAsync(region, round);
            await region.Events.WaitAsync(EventLog<object>.Recovered);
            Assert.True(region.Access.Health.IsWritable);
            seen.Add(region.Access.Latest);
            await AppendAsync(region, $"after {round}", acknowledged, seen);
        }

        await LogAudit.SoundAsync(region.Access, seen);
        await LogAudit.HoldsAsync(region.Access, acknowledged);
        await ReopenAndAuditAsync(region, acknowledged, seen);
    }

    [Fact]
    public async Task A_commit_that_failed_is_not_in_the_log()
    {
        await using var region = await OpenAsync();
        _storage.FailOnce(FaultPoint.BeforeCommit);
        await AssertRefusedAsync(region, 0);
        await region.Events.WaitAsync(EventLog<object>.Recovered);
        Assert.Equal(0, region.Access.Latest.Size);
        Assert.DoesNotContain(region.Events.Events, entry => entry.Id == EventLog<object>.FailedCommitPersisted);
    }

    [Fact]
    public async Task A_commit_that_failed_but_persisted_stays_and_is_signed_over()
    {
        await using var region = await OpenAsync();
        _storage.FailOnce(FaultPoint.AfterCommit);
        await Assert.ThrowsAsync<LogUnavailableException>(async () => await region.Access.AppendAsync("persisted"));
        await region.Events.WaitAsync(EventLog<object>.Recovered);
        Assert.Equal(1, region.Access.Latest.Size);
        Assert.Contains(region.Events.Events, entry => entry.Id == EventLog<object>.FailedCommitPersisted);
        await LogAudit.HoldsAsync(region.Access, [(0, "persisted")]);
    }

    [Theory]
    [InlineData(FaultPoint.Reopen)]
    [InlineData(FaultPoint.AfterReopen)]
    [InlineData(FaultPoint.ReadPosition)]
    [InlineData(FaultPoint.Contains)]
    [InlineData(FaultPoint.ReadHead)]
    [InlineData(FaultPoint.ReadBatches)]
    public async Task While_recovery_fails_appends_are_refused_at_once_and_health_says_why(FaultPoint point)
    {
        await using var region = await OpenAsync();
        var acknowledged = new List<(long, string)>();
        var seen = new List<SignedCheckpoint>();
        await AppendAsync(region, "before", acknowledged, seen);

        var broken = true;
        _storage.OnEach(at =>
        {
            if (Volatile.Read(ref broken) && (at == point || at == FaultPoint.BeforeCommit))
            {
                throw new IOException($"Injected at {at}.");
            }
        });
        await AssertRefusedAsync(region, 0);
        for (var i = 0; i < 3; i++)
        {
            await region.Events.WaitAsync(EventLog<object>.RecoveryFailed);
            var refused = region.Access.AppendAsync("refused");
            Assert.True(refused.IsFaulted);
            await Assert.ThrowsAsync<LogUnavailableException>(async () => await refused);
            Assert.False(region.Access.Health.IsWritable);
            Assert.Contains("Injected at", region.Access.Health.Reason, StringComparison.Ordinal);
        }

        Volatile.Write(ref broken, false);
        await region.Events.WaitAsync(EventLog<object>.Recovered);
        Assert.Equal(new LogHealth(true, null), region.Access.Health);
        await AppendAsync(region, "after", acknowledged, seen);
        await LogAudit.SoundAsync(region.Access, seen);
        await LogAudit.HoldsAsync(region.Access, acknowledged);
    }

    [Fact]
    public async Task A_poisoned_log_can_still_be_read_and_stopped()
    {
        var region = await OpenAsync();
        await region.Access.AppendAsync("before");
        await region.Access.WaitPublishedAsync(1, TestContext.Current.CancellationToken);
        _storage.OnEach(at =>
        {
            if (at is FaultPoint.BeforeCommit or FaultPoint.Reopen)
            {
                throw new IOException($"Injected at {at}.");
            }
        });
        await AssertRefusedAsync(region, 0);
        await region.Events.WaitAsync(EventLog<object>.RecoveryFailed);
        await LogAudit.SoundAsync(region.Access);
        await region.DisposeAsync();
        await using var again = await TestRegion.OpenAsync(_folder);
        await LogAudit.HoldsAsync(again.Access, [(0, "before")]);
    }

    [Fact]
    public async Task A_fault_of_one_log_leaves_the_other_at_work()
    {
        await using var region = await OpenAsync();
        _storage.OnEach(at =>
        {
            if (at is FaultPoint.BeforeCommit or FaultPoint.Reopen)
            {
                throw new IOException($"Injected at {at}.");
            }
        });
        await AssertRefusedAsync(region, 0);
        Assert.Equal(AppendStatus.Committed, (await region.Governance.AppendAsync("rule")).Status);
        _storage.OnEach(null);
        await region.Events.WaitAsync(EventLog<object>.Recovered);
        Assert.Equal(AppendStatus.Committed, (await region.Access.AppendAsync("use", pin: 1)).Status);
    }

    [Theory]
    [InlineData(FaultPoint.WriteTiles)]
    [InlineData(FaultPoint.AfterWriteTiles)]
    [InlineData(FaultPoint.ReadBatches)]
    public async Task When_the_tiles_cannot_follow_appends_go_on_and_publishing_catches_up(FaultPoint point)
    {
        await using var region = await OpenAsync(options => (options.FlushEntries, options.ReadBackEvery) = (100, int.MaxValue));
        _storage.OnEach(at =>
        {
            if (at == point)
            {
                throw new IOException($"Injected at {at}.");
            }
        });
        await region.Access.AppendManyAsync(250);
        await region.Events.WaitAsync(EventLog<object>.FollowingFailed);
        await region.Access.AppendManyAsync(250, "later");
        Assert.True(region.Access.Health.IsWritable);
        _storage.OnEach(null);
        await LogAudit.SoundAsync(region.Access);
        Assert.Equal(500, region.Access.Published.Size);
    }

    private static async Task AppendAsync(TestRegion region, string text, List<(long, string)> acknowledged, List<SignedCheckpoint> seen)
    {
        for (var i = 0; i < 3; i++)
        {
            var result = await region.Access.AppendAsync($"{text}/{i}");
            acknowledged.Add((result.Index, $"{text}/{i}"));
            seen.Add(result.Batch!.Checkpoint);
        }
    }

    private static async Task AssertRefusedAsync(TestRegion region, int round) =>
        await Assert.ThrowsAsync<LogUnavailableException>(async () => await region.Access.AppendAsync($"refused {round}"));

    private async Task ReopenAndAuditAsync(TestRegion region, List<(long, string)> acknowledged, List<SignedCheckpoint> seen)
    {
        await region.DisposeAsync();
        await using var again = await TestRegion.OpenAsync(_folder);
        await LogAudit.SoundAsync(again.Access, seen);
        await LogAudit.HoldsAsync(again.Access, acknowledged);
    }

    private Task<TestRegion> OpenAsync(Action<TransparencyLogOptions>? configure = null) =>
        TestRegion.OpenAsync(_folder, inner => _storage = new FaultyStorage(inner, LogNames.Access), configure);
}
