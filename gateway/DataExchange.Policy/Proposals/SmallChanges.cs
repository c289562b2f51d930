using DataExchange.Policy.Calendars;
using DataExchange.Policy.Events;
using DataExchange.Policy.Founding;
using DataExchange.Policy.Matters;
using DataExchange.Policy.Purposes;
using DataExchange.Policy.Rules;

namespace DataExchange.Policy.Proposals;

/// <summary>The rules of proposals about purposes, witnesses, the quorum, the calendar, matters and the anomaly rules.</summary>
internal static class SmallChanges
{
    public static void CheckPurpose(PurposeRegistered change, RegionSnapshot rules, FoundingFaults faults) =>
        PurposeRules.Check(change.Purpose, rules.FindDataset, "$.change", faults);

    public static void CheckWithdrawal(PurposeWithdrawn change, RegionSnapshot rules, FoundingFaults faults)
    {
        faults.Require(rules.FindPurpose(change.Code) is not null, "$.change.purpose", $"'{change.Code}' is no registered purpose.");
        faults.RequireReason(change.Reason, "$.change.reason");
    }

    /// <summary>The policy's text is for the host to judge, which has a parser for it.</summary>
    public static void CheckWitnesses(WitnessesAppointed change, RegionSnapshot rules, FoundingFaults faults) =>
        RegionRules.CheckWitnesses(change.Appointment, "$.change", faults);

    public static void CheckQuorum(QuorumSet change, RegionSnapshot rules, FoundingFaults faults) =>
        RegionRules.CheckQuorum(change.Quorum, rules.Membership.ActiveCount, "$.change", faults);

    public static void CheckCalendar(CalendarSet change, RegionSnapshot rules, FoundingFaults faults)
    {
        foreach (var fault in change.Year.Faults())
        {
            faults.Add("$.change", fault);
        }
    }

    public static void CheckMatter(MatterDefined change, RegionSnapshot rules, FoundingFaults faults)
    {
        foreach (var fault in MatterRules.Faults(change.Matter, rules))
        {
            faults.Add("$.change" + fault.Path[1..], fault.Message);
        }
    }

    public static void CheckMonitoring(MonitoringSet change, RegionSnapshot rules, FoundingFaults faults)
    {
        var newest = rules.Monitoring?.Revision ?? 0;
        faults.Require(change.Rules.Revision == newest + 1, "$.change.revision", $"{change.Rules.Revision} does not follow revision {newest}; write {newest + 1}.");
        foreach (var fault in change.Rules.Faults())
        {
            faults.Add("$.change", fault);
        }
    }
}
