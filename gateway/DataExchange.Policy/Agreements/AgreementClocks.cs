using DataExchange.Contracts.Calendars;
using DataExchange.Policy.Model;
using DataExchange.Policy.Rules;

namespace DataExchange.Policy.Agreements;

/// <summary>The clocks of agreements against a calendar.</summary>
public static class AgreementClocks
{
    /// <summary>The working days that the region's clocks run by.</summary>
    public static WorkingCalendar CalendarOf(RegionSnapshot rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return rules.Calendar.Working;
    }

    /// <summary>The clock of the answer to a request for this dataset.</summary>
    internal static string ReplyTo(Dataset dataset) =>
        (dataset.ShareClass == ShareClass.Unconditional ? StatutoryClocks.ReplyUnconditional : StatutoryClocks.ReplyConditional).Code;

    /// <summary>Whether its clock was missed and the log does not say so yet.</summary>
    internal static bool IsMissed(AgreementEntry entry, WorkingCalendar calendar, DateTimeOffset now) =>
        entry.Clock is { IsEscalated: false } clock && entry.StateAt(now) != AgreementState.Expired && clock.IsOverdue(calendar, now);

    /// <summary>What has to be escalated now.</summary>
    public static IEnumerable<EscalateAgreement> Missed(RegionSnapshot rules, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(rules);
        var calendar = CalendarOf(rules);
        return rules.Agreements.Records.Select(record => record.Pending).OfType<AgreementEntry>().Where(entry => IsMissed(entry, calendar, now))
            .OrderBy(entry => entry.Clock!.Started).ThenBy(entry => entry.Agreement.Id, StringComparer.Ordinal)
            .Select(entry => new EscalateAgreement(entry.Agreement.Revision, entry.Clock!.Code) { Id = entry.Agreement.Id });
    }
}
