using DataExchange.Contracts.Log;

namespace DataExchange.Enforcement.Subjects;

/// <summary>A subject's tags of one month, and when that month begins and ends (UTC, milliseconds since the Unix epoch; the end is the next month's).</summary>
internal sealed record MonthTag(long FirstMs, long EndMs, byte[] Value, byte[] Veiled)
{
    public bool Covers(long timeMs) => timeMs >= FirstMs && timeMs < EndMs;

    public static MonthTag At(ReadOnlySpan<byte> token, long timeMs)
    {
        var time = DateTimeOffset.FromUnixTimeMilliseconds(timeMs);
        var first = new DateTimeOffset(time.Year, time.Month, 1, 0, 0, 0, TimeSpan.Zero);
        var days = DateTime.DaysInMonth(time.Year, time.Month);
        return new MonthTag(
            first.ToUnixTimeMilliseconds(),
            first.ToUnixTimeMilliseconds() + days * (long)TimeSpan.MillisecondsPerDay,
            SubjectTag.Compute(token, time.Year, time.Month),
            SubjectTag.ComputeVeiled(token, time.Year, time.Month));
    }
}
