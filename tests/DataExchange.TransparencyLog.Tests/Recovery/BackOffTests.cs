using System.Diagnostics;
using DataExchange.TransparencyLog.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace DataExchange.TransparencyLog.Tests.Recovery;

public sealed class BackOffTests
{
    [Fact]
    public async Task Recovery_waits_longer_each_time_up_to_the_longest_pause()
    {
        using var folder = new TemporaryFolder();
        var clock = new FakeTimeProvider();
        FaultyStorage storage = null!;
        await using var region = await TestRegion.OpenAsync(
            folder,
            inner => storage = new FaultyStorage(inner, LogNames.Access),
            options => (options.RecoveryDelay, options.MaxRecoveryDelay) = (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5)),
            clock);
        var attempts = new List<DateTimeOffset>();
        storage.OnEach(at =>
        {
            if (at == FaultPoint.Reopen)
            {
                attempts.Add(clock.GetUtcNow());
            }

            if (at is FaultPoint.BeforeCommit || (at == FaultPoint.Reopen && attempts.Count < 6))
            {
                throw new IOException("Injected.");
            }
        });

        var began = clock.GetUtcNow();
        await Assert.ThrowsAsync<LogUnavailableException>(async () => await region.Access.AppendAsync("refused"));
        var patience = Stopwatch.StartNew();
        while (!region.Access.Health.IsWritable)
        {
            Assert.True(patience.Elapsed < TimeSpan.FromMinutes(1), $"Not writable after {attempts.Count} attempts.");
            clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        // The clock may run ahead of the writer, so a pause may seem longer than it was; it is never shorter.
        double[] shortest = [1, 2, 4, 5, 5, 5];
        Assert.Equal(shortest.Length, attempts.Count);
        foreach (var (attempt, before, seconds) in attempts.Zip(attempts.Prepend(began), shortest))
        {
            Assert.True(attempt - before >= TimeSpan.FromSeconds(seconds), $"{attempt - before} is less than {seconds} s.");
        }
    }
}
