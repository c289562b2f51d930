using System.Text.Json.Serialization;
using DataExchange.Policy.Json;

namespace DataExchange.Policy.Model;

/// <summary>A period of the calendar or the clock that a quota is counted in, by the region's local time.</summary>
[JsonConverter(typeof(StrictEnumConverter<QuotaPeriod>))]
public enum QuotaPeriod { None = 0, Second, Hour, Day, Month }

/// <summary>At most so many requests in each window: of a number of seconds, or of a period.</summary>
/// <param name="Requests">How many; at least 1.</param>
/// <param name="WindowSeconds">Length of the window, 1 to 3600, counted from the Unix epoch; zero, and left out, with a period.</param>
/// <param name="Period">The period; none, and left out, with a number of seconds.</param>
public sealed record Quota(
    int Requests,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int WindowSeconds = 0,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] QuotaPeriod Period = QuotaPeriod.None)
{
    /// <summary>Longest window that is given in seconds.</summary>
    public const int MaxWindowSeconds = 3600;

    /// <summary>Whether it says one window, and at least one request.</summary>
    public bool IsValid() => Requests > 0 && (Period == QuotaPeriod.None ? WindowSeconds is > 0 and <= MaxWindowSeconds : WindowSeconds == 0);

    /// <summary>The window that a moment falls in, milliseconds since the Unix epoch, the end exclusive.</summary>
    /// <param name="nowMs">The moment.</param>
    /// <param name="offset">The region's offset from UTC: a day begins at its midnight.</param>
    public (long StartMs, long EndMs) WindowAt(long nowMs, TimeSpan offset)
    {
        if (Period == QuotaPeriod.Month)
        {
            var local = DateTimeOffset.FromUnixTimeMilliseconds(nowMs).ToOffset(offset);
            var first = new DateTimeOffset(local.Year, local.Month, 1, 0, 0, 0, offset);
            return (first.ToUnixTimeMilliseconds(), first.AddMonths(1).ToUnixTimeMilliseconds());
        }

        var (length, shift) = Period switch
        {
            QuotaPeriod.Second => (1_000L, 0L),
            QuotaPeriod.Hour => (3_600_000L, (long)offset.TotalMilliseconds),
            QuotaPeriod.Day => (86_400_000L, (long)offset.TotalMilliseconds),
            _ => (Math.Max(1, WindowSeconds) * 1_000L, 0L),
        };
        var start = ((nowMs + shift) / length * length) - shift;
        return (start, start + length);
    }

    /// <summary>As people say it: <c>10 requests in 60 s</c>, <c>1000 requests a day</c>.</summary>
    public string Describe() => Period == QuotaPeriod.None
        ? $"{Requests} requests in {WindowSeconds} s"
        : $"{Requests} requests a {char.ToLowerInvariant(Period.ToString()[0])}{Period.ToString()[1..]}";
}
