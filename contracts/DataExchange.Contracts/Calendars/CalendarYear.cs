using System.Globalization;

namespace DataExchange.Contracts.Calendars;

/// <summary>How one year departs from Monday to Friday, as its authority published it. See <c>contracts/calendars/</c>.</summary>
public sealed record CalendarYear
{
    /// <summary>Whose calendar, lower case; <c>cn</c> for mainland China.</summary>
    public required string Region { get; init; }

    /// <summary>The year. A notice also names days of the December before: New Year's Day 2023 began on 31 December 2022.</summary>
    public required int Year { get; init; }

    /// <summary>The notice that says so, by title and number.</summary>
    public required string Source { get; init; }

    /// <summary>Days off.</summary>
    public required IReadOnlyList<Holiday> Holidays { get; init; }

    /// <summary>Saturdays and Sundays that are worked.</summary>
    public required IReadOnlyList<DateOnly> Workdays { get; init; }

    /// <summary>What is wrong with it, in sentences; empty when nothing is.</summary>
    public IReadOnlyList<string> Faults()
    {
        var faults = new List<string>();
        if (Year is < 1 or >= 9999)
        {
            faults.Add(Invariant($"The year {Year} is none; write four digits."));
            return faults;
        }

        foreach (var holiday in Holidays)
        {
            if (holiday.From > holiday.To)
            {
                faults.Add(Invariant($"The holiday of {holiday.From:O} ends before it begins; exchange its days."));
            }

            AddUnlessInYear(holiday.From, faults);
            AddUnlessInYear(holiday.To, faults);
        }

        foreach (var day in Workdays)
        {
            AddUnlessInYear(day, faults);
            if (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
            {
                faults.Add(Invariant($"{day:O} is a {day.DayOfWeek} and worked anyway; only Saturdays and Sundays are listed."));
            }

            if (Holidays.Any(holiday => holiday.From <= day && day <= holiday.To))
            {
                faults.Add(Invariant($"{day:O} is both worked and off; it is one of the two."));
            }
        }

        return faults;
    }

    private void AddUnlessInYear(DateOnly day, List<string> faults)
    {
        if (day.Year != Year && (day.Year != Year - 1 || day.Month != 12))
        {
            faults.Add(Invariant($"{day:O} lies neither in {Year} nor in the December before."));
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
