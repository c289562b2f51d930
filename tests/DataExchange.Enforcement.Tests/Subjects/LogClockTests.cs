using DataExchange.Enforcement.Subjects;
using Microsoft.Extensions.Time.Testing;

namespace DataExchange.Enforcement.Tests.Subjects;

public sealed class LogClockTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeMilliseconds(VaultFixture.January2026);

    private readonly FakeTimeProvider _time = new(Start);

    [Fact]
    public void It_follows_the_clock_and_does_not_run_ahead_of_it()
    {
        var clock = new LogClock(_time);

        Assert.Equal(VaultFixture.January2026, clock.NowMs());
        Assert.Equal(VaultFixture.January2026, clock.NowMs());
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(VaultFixture.January2026 + 1, clock.NowMs());
    }

    [Fact]
    public void It_stands_still_while_the_clock_is_behind()
    {
        var clock = new LogClock(_time);
        clock.NowMs();

        _time.AdjustTime(Start.AddHours(-1));
        Assert.Equal(VaultFixture.January2026, clock.NowMs());
        _time.AdjustTime(Start.AddMilliseconds(5));
        Assert.Equal(VaultFixture.January2026 + 5, clock.NowMs());
    }

    [Fact]
    public void It_never_goes_behind_a_time_that_stands_in_a_log()
    {
        var clock = new LogClock(_time);
        clock.Observe(VaultFixture.January2026 + 1_000);
        clock.Observe(VaultFixture.January2026 + 500);

        Assert.Equal(VaultFixture.January2026 + 1_000, clock.NowMs());
    }

    [Fact]
    public void No_thread_sees_it_go_back()
    {
        var clock = new LogClock(_time);

        Parallel.For(0, 8, thread =>
        {
            var last = clock.NowMs();
            for (var i = 0; i < 20_000; i++)
            {
                if (i % 8 == thread)
                {
                    clock.Observe(VaultFixture.January2026 + i);
                }

                var now = clock.NowMs();
                Assert.True(now >= last);
                last = now;
            }
        });
        Assert.Equal(VaultFixture.January2026 + 19_999, clock.NowMs());
    }
}
