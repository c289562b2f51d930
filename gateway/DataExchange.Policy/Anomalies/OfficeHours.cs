using DataExchange.Contracts.Calendars;

namespace DataExchange.Policy.Anomalies;

/// <summary>When people are at work: working days between two hours of local time.</summary>
internal readonly record struct OfficeHours(WorkingCalendar Calendar, int FromHour, int ToHour)
{
    /// <summary>Seven to eight in the evening, where no rule says otherwise.</summary>
    public static OfficeHours Of(AnomalyRuleSet rules, WorkingCalendar calendar) =>
        new(calendar, rules.OutOfHours?.FromHour ?? 7, rules.OutOfHours?.ToHour ?? 20);

    /// <summary>Whether the hour lies within them.</summary>
    public bool Contains(long hour) =>
        LocalTime.HourOfDay(hour) is var ofDay && ofDay >= FromHour && ofDay < ToHour && Calendar.IsWorkingDay(LocalTime.Date(hour));
}
