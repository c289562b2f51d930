using System.Globalization;

namespace DataExchange.Gateway.Citizens;

/// <summary>Months in UTC, both ends included.</summary>
internal readonly record struct MonthRange(DateTime First, DateTime Last)
{
    private const int MaxMonths = 120;
    private const string Format = "yyyyMM";

    /// <summary>What is said when <see cref="Read"/> returns null.</summary>
    public static readonly string Rule = $"from and to are months as yyyymm, from no later than to, and at most {MaxMonths} of them.";

    public IEnumerable<DateTime> Months
    {
        get
        {
            for (var month = First; month <= Last; month = month.AddMonths(1))
            {
                yield return month;
            }
        }
    }

    /// <summary>Where one end is missing, it is the other; where both are, the present month.</summary>
    public static MonthRange? Read(string? from, string? to, DateTimeOffset now)
    {
        var present = Text(now.UtcDateTime);
        return TryParse(from ?? to ?? present, out var first) && TryParse(to ?? from ?? present, out var last)
            && first <= last && first.AddMonths(MaxMonths) > last
                ? new MonthRange(first, last)
                : null;
    }

    public static string Text(DateTime month) => month.ToString(Format, CultureInfo.InvariantCulture);

    // The format takes the year 9999, from which nothing can be added to.
    private static bool TryParse(string text, out DateTime month) =>
        DateTime.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out month) && month.Year < 9900;
}
