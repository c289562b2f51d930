using DataExchange.Contracts.Calendars;
using DataExchange.Policy.Commands;
using DataExchange.Policy.Complaints;
using DataExchange.Policy.Corrections;
using DataExchange.Policy.Rules;

namespace DataExchange.Policy.Personal;

/// <summary>The clocks of the registers about people against the region's calendar.</summary>
public static class PersonalClocks
{
    /// <summary>The working days that they run by.</summary>
    public static WorkingCalendar CalendarOf(RegionSnapshot rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return rules.Calendar.Working;
    }

    /// <summary>What has to be escalated now, the oldest first.</summary>
    public static IEnumerable<GovernanceCommand> Missed(RegionSnapshot rules, DateTimeOffset now)
    {
        var calendar = CalendarOf(rules);
        return rules.Corrections.All.Where(correction => correction.EscalatedAt is null && correction.IsOverdue(calendar, now)).OrderBy(correction => correction.Started)
            .Select(correction => (GovernanceCommand)new EscalateCorrection { Id = correction.Id, Subject = correction.Subject })
            .Concat(rules.Complaints.All.Where(complaint => complaint.EscalatedAt is null && complaint.IsOverdue(calendar, now)).OrderBy(complaint => complaint.ReceivedAt)
                .Select(complaint => new EscalateComplaint { Id = complaint.Id, Subject = complaint.Subject }));
    }
}
