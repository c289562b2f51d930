using DataExchange.Contracts.Calendars;

namespace DataExchange.Policy.Agreements;

/// <summary>A clock of Order 809 that runs for somebody's answer. When it is up is for the calendar to say, which a region may mend.</summary>
/// <param name="Code">A code of <see cref="StatutoryClocks"/>.</param>
/// <param name="Started">Log time of the entry that started it.</param>
/// <param name="Late">Member code of the department that has to answer.</param>
public sealed record AgreementClock(string Code, DateTimeOffset Started, string Late)
{
    /// <summary>Working days granted on top; zero for none.</summary>
    public int ExtendedBy { get; init; }

    /// <summary>The governance log holds that it was missed.</summary>
    public bool IsEscalated { get; init; }

    /// <summary>The period as the Order sets it.</summary>
    public WorkingDayClock Period => StatutoryClocks.Find(Code) ?? throw new InvalidOperationException($"There is no clock '{Code}'.");

    /// <summary>When it is up, extension included.</summary>
    public Deadline Due(WorkingCalendar calendar)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        return calendar.AddWorkingDays(Started, Period.Days + ExtendedBy);
    }

    /// <summary>Whether the answer is late.</summary>
    public bool IsOverdue(WorkingCalendar calendar, DateTimeOffset now) => Due(calendar).At <= now;
}
