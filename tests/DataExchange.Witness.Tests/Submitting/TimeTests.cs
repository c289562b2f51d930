using DataExchange.Witness.Cosigning;
using DataExchange.Witness.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace DataExchange.Witness.Tests.Submitting;

/// <summary>A later cosignature for a log never bears an earlier time, whatever the clock does.</summary>
public sealed class TimeTests : OneLogTest
{
    private static readonly DateTimeOffset Start = new(2026, 5, 1, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Clock_set_back_repeats_the_last_time_until_it_has_passed_it()
    {
        var clock = new FakeTimeProvider(Start);
        await using (var witness = await StartAsync(clock))
        {
            Assert.Equal(Seconds(0), witness.TimeOf(await witness.SubmitAsync(Log, 0, 1), Log, 1));
            clock.AdjustTime(Start.AddHours(-1));
            Assert.Equal(Seconds(0), witness.TimeOf(await witness.SubmitAsync(Log, 1, 2), Log, 2));
        }

        // It is remembered over a restart, too.
        await using (var witness = await StartAsync(clock))
        {
            Assert.Equal(Seconds(0), witness.TimeOf(await witness.SubmitAsync(Log, 2, 3), Log, 3));
            clock.AdjustTime(Start.AddSeconds(7));
            Assert.Equal(Seconds(7), witness.TimeOf(await witness.SubmitAsync(Log, 3, 3), Log, 3));
        }
    }

    [Fact]
    public async Task Logs_do_not_share_their_last_time()
    {
        using var other = new UniformLog("demo.example/governance", seed: 2);
        var clock = new FakeTimeProvider(Start);
        await using var witness = await RunningWitness.StartAsync(RunningWitness.OptionsOf(Folder, Log, other), clock);
        witness.TimeOf(await witness.SubmitAsync(Log, 0, 1), Log, 1);
        clock.AdjustTime(Start.AddHours(-1));
        Assert.Equal(Seconds(-3600), witness.TimeOf(await witness.SubmitAsync(other, 0, 1), other, 1));
    }

    [Fact]
    public async Task Clock_that_cannot_be_right_cosigns_nothing()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch);
        await using var witness = await StartAsync(clock);
        var answer = await witness.SubmitAsync(Log, 0, 1);
        Assert.Equal((503, "clock-wrong"), (answer.Status, answer.Code));

        clock.AdjustTime(Start);
        witness.TimeOf(await witness.SubmitAsync(Log, 0, 1), Log, 1);
    }

    [Theory]
    [InlineData(CosignatureTime.Earliest, 0, CosignatureTime.Earliest)]
    [InlineData(CosignatureTime.Earliest - 1, 0, null)]
    [InlineData(0, CosignatureTime.Earliest, CosignatureTime.Earliest)]
    [InlineData(2_000_000_000, 1_900_000_000, 2_000_000_000L)]
    [InlineData(1_900_000_000, 2_000_000_000, 2_000_000_000L)]
    public void Time_is_the_later_of_the_clock_and_the_last(long now, long last, long? expected) =>
        Assert.Equal(expected, CosignatureTime.Of(new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(now)), last));

    private static long Seconds(int later) => Start.ToUnixTimeSeconds() + later;

    private Task<RunningWitness> StartAsync(TimeProvider clock) => RunningWitness.StartAsync(RunningWitness.OptionsOf(Folder, Log), clock);
}
