using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace DataExchange.Contracts.Scorecards;

/// <summary>A month of UTC, as the tags of the logs have it.</summary>
/// <param name="Year">Four digits.</param>
/// <param name="Month">1 to 12.</param>
public readonly record struct ScorecardPeriod(int Year, int Month)
{
    /// <summary>The first millisecond, since the Unix epoch.</summary>
    public long StartMs => new DateTimeOffset(Year, Month, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    /// <summary>The first millisecond after it.</summary>
    public long EndMs => new DateTimeOffset(Year, Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(1).ToUnixTimeMilliseconds();

    /// <summary>Reads <c>2026-11</c>.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out ScorecardPeriod period)
    {
        period = default;
        if (text is not { Length: 7 } || !DateOnly.TryParseExact(text + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) || day.Year is < 1970 or > 9000)
        {
            return false;
        }

        period = new ScorecardPeriod(day.Year, day.Month);
        return true;
    }

    /// <summary>As in <c>2026-11</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Year:0000}-{Month:00}");
}
