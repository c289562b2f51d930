namespace DataExchange.Contracts.Calendars;

/// <summary>A period that a rule sets for somebody's answer.</summary>
/// <param name="Code">Stable name, lower case with hyphens.</param>
/// <param name="Days">Working days; the day of the event that starts it does not count.</param>
/// <param name="Citation">The rule.</param>
public sealed record WorkingDayClock(string Code, int Days, string Citation)
{
    /// <summary>When it runs out for something that began at <paramref name="started"/>.</summary>
    public Deadline DeadlineFrom(DateTimeOffset started, WorkingCalendar calendar)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        return calendar.AddWorkingDays(started, Days);
    }
}
