namespace DataExchange.Cli.Tests.Follow;

/// <summary>A clock that stands until a test moves it; tells when somebody sleeps by it.</summary>
internal sealed class StepClock : TimeProvider
{
    private TaskCompletionSource<StepTimer> _asleep = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Volatile.Read(ref _now);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new StepTimer(callback, state, dueTime);
        if (dueTime != Timeout.InfiniteTimeSpan)
        {
            _asleep.TrySetResult(timer);
        }

        return timer;
    }

    /// <summary>Waits until the run sleeps; returns for how long.</summary>
    public async Task<TimeSpan> SleepsAsync(Task<DxRun> run)
    {
        if (await Task.WhenAny(run, _asleep.Task) == run)
        {
            Assert.Fail($"It ended: {(await run).Out}");
        }

        return (await _asleep.Task).DueTime;
    }

    /// <summary>Lets the time pass for which the run sleeps.</summary>
    public async Task WakeAsync(Task<DxRun> run)
    {
        await SleepsAsync(run);
        var timer = await _asleep.Task;
        _asleep = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Interlocked.Add(ref _now, timer.DueTime.Ticks);
        timer.Fire();
    }

    private sealed class StepTimer(TimerCallback callback, object? state, TimeSpan dueTime) : ITimer
    {
        public TimeSpan DueTime => dueTime;

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
