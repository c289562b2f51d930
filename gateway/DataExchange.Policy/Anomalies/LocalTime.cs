using DataExchange.Contracts.Calendars;

namespace DataExchange.Policy.Anomalies;

/// <summary>Hours and days of local time, counted from 1 January 1970.</summary>
internal static class LocalTime
{
    private const long HourMs = 3_600_000;

    public static long Hour(long timeMs, WorkingCalendar calendar) => (timeMs + OffsetMs(calendar)) / HourMs;

    public static long Day(long hour) => hour / 24;

    public static int HourOfDay(long hour) => (int)(hour % 24);

    public static DateOnly Date(long hour) => DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays((int)Day(hour));

    /// <summary>When the hour ends, milliseconds since the Unix epoch.</summary>
    public static long EndOfHour(long hour, WorkingCalendar calendar) => (hour + 1) * HourMs - OffsetMs(calendar);

    /// <summary>When the hour's day ends, milliseconds since the Unix epoch.</summary>
    public static long EndOfDay(long hour, WorkingCalendar calendar) => (Day(hour) + 1) * 24 * HourMs - OffsetMs(calendar);

    private static long OffsetMs(WorkingCalendar calendar) => (long)calendar.Offset.TotalMilliseconds;
}
