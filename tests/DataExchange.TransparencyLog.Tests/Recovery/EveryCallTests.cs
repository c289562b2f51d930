using System.Collections.Concurrent;
using DataExchange.TransparencyLog.Stores;
using DataExchange.TransparencyLog.Tests.Support;

namespace DataExchange.TransparencyLog.Tests.Recovery;

/// <summary>The store's calls are counted, whichever they are, and broken one after the other: before they did anything, or after.</summary>
public sealed class EveryCallTests
{
    [Theory]
    [InlineData(LogNames.Access)]
    [InlineData(LogNames.Governance)]
    public async Task Whichever_call_of_a_start_breaks_the_start_fails_with_that_error_and_the_next_one_succeeds(string name)
    {
        using var folder = new TemporaryFolder(inMemory: true);
        await using (var region = await TestRegion.OpenAsync(folder))
        {
            await region.Access.AppendManyAsync(300);
            await region.Governance.AppendManyAsync(300);
        }

        var broken = await BreakEachAsync(async call =>
        {
            ILogStorage Break(ILogStorage inner)
            {
                var storage = new FaultyStorage(inner, name);
                storage.OnEach(call.At);
                return storage;
            }

            var error = await Record.ExceptionAsync(async () => await (await TestRegion.OpenAsync(folder, Break)).DisposeAsync());
            Assert.True(error is null or IOException, $"{call}: {error}");
            await using var again = await TestRegion.OpenAsync(folder);
            Assert.Equal((300, 300), (again.Access.Latest.Size, again.Governance.Latest.Size));
            await LogAudit.SoundAsync(again.Access);
        });
        Assert.Superset(new HashSet<FaultPoint> { FaultPoint.ReadHead, FaultPoint.KeepKey, FaultPoint.ReadPosition, FaultPoint.ReadBatches }, broken);
    }

    [Fact]
    public async Task Whichever_call_of_appends_breaks_nothing_acknowledged_is_lost_and_the_log_goes_on()
    {
        var broken = await BreakEachAsync(async call =>
        {
            using var folder = new TemporaryFolder(inMemory: true);
            FaultyStorage storage = null!;
            var acknowledged = new List<(long, string)>();
            var seen = new List<SignedCheckpoint>();
            await using (var region = await TestRegion.OpenAsync(folder, inner => storage = new FaultyStorage(inner, LogNames.Access), options => options.FlushEntries = 2))
            {
                storage.OnEach(call.At);
                for (var i = 0; i < 4; i++)
                {
                    await AppendAsync(region.Access, $"entry {i}", acknowledged, seen);
                }

                storage.OnEach(null);
                await AppendAsync(region.Access, "after", acknowledged, seen);
                await LogAudit.HoldsAsync(region.Access, acknowledged);
                await LogAudit.SoundAsync(region.Access, seen);
            }

            await using var again = await TestRegion.OpenAsync(folder);
            await LogAudit.HoldsAsync(again.Access, acknowledged);
            await LogAudit.SoundAsync(again.Access, seen);
        });
        Assert.Superset(
            new HashSet<FaultPoint>
            {
                FaultPoint.Begin, FaultPoint.BeforeCommit, FaultPoint.AfterCommit, FaultPoint.EndOfTurn, FaultPoint.ReadBatches, FaultPoint.WriteTiles, FaultPoint.AfterWriteTiles,
            },
            broken);
    }

    private static async Task AppendAsync(ITransparencyLog log, string text, List<(long, string)> acknowledged, List<SignedCheckpoint> seen)
    {
        while (true)
        {
            try
            {
                var result = await log.AppendAsync(text);
                acknowledged.Add((result.Index, text));
                seen.Add(result.Batch!.Checkpoint);
                await log.WaitPublishedAsync(result.Index + 1, TestContext.Current.CancellationToken);
                return;
            }
            catch (LogUnavailableException)
            {
                await Task.Delay(1, TestContext.Current.CancellationToken); // It is verifying itself; the entry is offered again.
            }
        }
    }

    /// <summary>Runs with the first call broken, then the second, until a run has fewer calls; returns where calls were broken.</summary>
    private static async Task<HashSet<FaultPoint>> BreakEachAsync(Func<BrokenAt, Task> run)
    {
        var broken = new HashSet<FaultPoint>();
        for (var count = 1; ; count++)
        {
            var call = new BrokenAt(count);
            await run(call);
            if (call.Point is not { } point)
            {
                return broken;
            }

            broken.Add(point);
        }
    }

    private sealed class BrokenAt(int call)
    {
        private readonly ConcurrentQueue<FaultPoint> _broken = new();
        private int _calls;

        public FaultPoint? Point => _broken.TryPeek(out var point) ? point : null;

        public void At(FaultPoint point)
        {
            if (Interlocked.Increment(ref _calls) == call)
            {
                _broken.Enqueue(point);
                throw new IOException($"Injected at {point}.");
            }
        }

        public override string ToString() => $"Call {call}, {Point}";
    }
}
