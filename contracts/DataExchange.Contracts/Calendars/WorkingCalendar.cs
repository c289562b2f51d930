using System.Collections.Frozen;
using System.Text.Json;

namespace DataExchange.Contracts.Calendars;

/// <summary>
/// The working days of a region: Monday to Friday, less the holidays and plus the adjusted weekend workdays that its authority published for
/// the year. A year that nothing was published for counts Monday to Friday, and every answer that touches it says so (<c>IsAssumed</c>).
/// </summary>
/// <remarks>
/// Pure. Days are those of the region's own offset from UTC, which is fixed: China has known no daylight saving since 1991. The day on which
/// a period begins does not count; a deadline is the end of its last day, 24:00 local (Civil Code art. 201 and 203).
/// </remarks>
public sealed class WorkingCalendar
{
    private readonly FrozenDictionary<int, CalendarYear> _years;
    private readonly FrozenDictionary<DateOnly, bool> _published;

    private WorkingCalendar(TimeSpan offset, FrozenDictionary<int, CalendarYear> years)
    {
        Offset = offset;
        _years = years;

        // Of a December day that two notices speak of, the later one holds.
        var days = new Dictionary<DateOnly, bool>();
        foreach (var year in years.Values.OrderBy(year => year.Year))
        {
            foreach (var holiday in year.Holidays)
            {
                for (var day = holiday.From; day <= holiday.To; day = day.AddDays(1))
                {
                    days[day] = false;
                }
            }

            foreach (var day in year.Workdays)
            {
                days[day] = true;
            }
        }

        _published = days.ToFrozenDictionary();
    }

    /// <summary>Mainland China, UTC+08:00, with the years that stand in <c>contracts/calendars/cn</c>.</summary>
    public static WorkingCalendar China { get; } = Create(TimeSpan.FromHours(8), [Embedded("cn", 2025), Embedded("cn", 2026)]);

    /// <summary>Offset of local time from UTC.</summary>
    public TimeSpan Offset { get; }

    /// <summary>The years that something was published for, in order.</summary>
    public IEnumerable<CalendarYear> Years => _years.Values.OrderBy(year => year.Year);

    /// <summary>A calendar of these years.</summary>
    /// <exception cref="ArgumentException">A year stands there twice, or has faults; the message names them.</exception>
    public static WorkingCalendar Create(TimeSpan offset, IEnumerable<CalendarYear> years)
    {
        ArgumentNullException.ThrowIfNull(years);
        var all = years.ToList();
        var faults = all.SelectMany(year => year.Faults()).ToList();
        return faults.Count == 0
            ? new WorkingCalendar(offset, all.ToFrozenDictionary(year => year.Year))
            : throw new ArgumentException(string.Join(' ', faults), nameof(years));
    }

    /// <summary>The same calendar with this year in place of what it had for it.</summary>
    /// <exception cref="ArgumentException">The year has faults.</exception>
    public WorkingCalendar With(CalendarYear year)
    {
        ArgumentNullException.ThrowIfNull(year);
        return Create(Offset, _years.Values.Where(other => other.Year != year.Year).Append(year));
    }

    /// <summary>The day it is in the region.</summary>
    public DateOnly LocalDate(DateTimeOffset moment) => DateOnly.FromDateTime(moment.ToOffset(Offset).DateTime);

    /// <summary>Whether nothing was published for the day's year, so that Monday to Friday is assumed.</summary>
    public bool IsAssumed(DateOnly day) => !_years.ContainsKey(day.Year) && !_published.ContainsKey(day);

    /// <summary>Whether the day is worked.</summary>
    public bool IsWorkingDay(DateOnly day) =>
        _published.TryGetValue(day, out var works) ? works : day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    /// <summary>The holiday that the day belongs to.</summary>
    public Holiday? HolidayOn(DateOnly day) => IsWorkingDay(day)
        ? null
        : _years.Values.SelectMany(year => year.Holidays).FirstOrDefault(holiday => holiday.From <= day && day <= holiday.To);

    /// <summary>The end of the <paramref name="days"/>th working day after the day of <paramref name="from"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one day, or a deadline beyond the year 9998.</exception>
    public Deadline AddWorkingDays(DateTimeOffset from, int days)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(days, 1);
        var day = LocalDate(from);
        var isAssumed = false;
        for (var left = days; left > 0;)
        {
            day = day.AddDays(1);
            isAssumed |= IsAssumed(day);
            left -= IsWorkingDay(day) ? 1 : 0;
        }

        return new Deadline(StartOf(day.AddDays(1)), isAssumed);
    }

    /// <summary>Working days after the day of <paramref name="from"/>, up to and with the day of <paramref name="to"/>; none when that is not later.</summary>
    public WorkingDays WorkingDaysBetween(DateTimeOffset from, DateTimeOffset to) => Count(LocalDate(from).AddDays(1), LocalDate(to));

    /// <summary>
    /// Working days that are left, today with them: 1 on the last day of an <see cref="AddWorkingDays"/>, 0 from the deadline on.
    /// </summary>
    public WorkingDays WorkingDaysLeft(DateTimeOffset now, DateTimeOffset deadline) =>
        now >= deadline ? default : Count(LocalDate(now), LocalDate(deadline.AddTicks(-1)));

    private WorkingDays Count(DateOnly first, DateOnly last)
    {
        var count = 0;
        var isAssumed = false;
        for (var day = first; day <= last; day = day.AddDays(1))
        {
            isAssumed |= IsAssumed(day);
            count += IsWorkingDay(day) ? 1 : 0;
        }

        return new WorkingDays(count, isAssumed);
    }

    private DateTimeOffset StartOf(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), Offset);

    private static CalendarYear Embedded(string region, int year)
    {
        var name = $"calendars/{region}/{year}.json";
        using var stream = typeof(WorkingCalendar).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not in the assembly.");
        return JsonSerializer.Deserialize(stream, ContractsJsonContext.Default.CalendarYear) ?? throw new InvalidOperationException($"{name} is empty.");
    }
}
