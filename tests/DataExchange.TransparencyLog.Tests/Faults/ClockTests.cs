using System.Globalization;
using DataExchange.TransparencyLog.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace DataExchange.TransparencyLog.Tests.Faults;

/// <summary>The machine's clock is set: back, years ahead, and back while the log was stopped.</summary>
public sealed class ClockTests
{
    [Fact]
    public async Task Log_time_never_runs_backwards_and_nothing_stops_working()
    {
        using var folder = new TemporaryFolder();
        var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var clock = new FakeTimeProvider(start);
        var seen = new List<SignedCheckpoint>();
        foreach (var days in new[] { 0, -1, 1, -20_000, 3_650, 20_000, 0 })
        {
            clock.AdjustTime(start.AddDays(days));
            await using var region = await TestRegion.OpenAsync(folder, clock: clock);
            foreach (var jump in new[] { 0, -400, 400, 0 })
            {
                clock.AdjustTime(start.AddDays(days + jump));
                seen.Add((await region.Access.AppendAsync($"{days} {jump}")).Batch!.Checkpoint);
                await region.Access.WaitPublishedAsync(seen.Count, TestContext.Current.CancellationToken);
            }

            await LogAudit.SoundAsync(region.Access, seen);
        }

        var times = Sql.Run(folder.File("exchange.db"), "SELECT group_concat(time) FROM (SELECT time FROM access_batch ORDER BY first_index)")!.ToString()!
            .Split(',').Select(time => long.Parse(time, CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(seen.Count, times.Count);
        Assert.Equal(times.Order(), times);
        Assert.Equal(start.ToUnixTimeMilliseconds(), times[0]);
        Assert.Equal(start.AddDays(20_400).ToUnixTimeMilliseconds(), times[^1]);
    }
}
