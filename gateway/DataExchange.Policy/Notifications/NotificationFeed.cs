using DataExchange.Policy.Consents;
using DataExchange.Policy.Mandates;
using DataExchange.Policy.Model;
using DataExchange.Policy.Rules;

namespace DataExchange.Policy.Notifications;

/// <summary>What the registers hold for a person to know or to answer. Pure: the same rules and moment give the same list.</summary>
public static class NotificationFeed
{
    /// <summary>Everything, what waits for an answer first, then the newest first.</summary>
    public static IReadOnlyList<Notification> Of(SubjectHandle self, RegionSnapshot rules, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return
        [
            .. Consents(self, rules, now).Concat(Mandates(self, rules, now)).Concat(BreakGlass(self, rules, now)).Concat(Corrections(self, rules)).Concat(Complaints(self, rules))
                .OrderByDescending(notification => notification.WaitsForYou).ThenByDescending(notification => notification.LogIndex),
        ];
    }

    private static IEnumerable<Notification> Consents(SubjectHandle self, RegionSnapshot rules, DateTimeOffset now) =>
        from consent in rules.ConsentsOf(self)
        where consent.State == ConsentState.Requested && consent.ValidTo > now
        select new Notification("consent", consent.Id, consent.State.ToString(), true, consent.LogIndex) { Member = consent.Recipient };

    private static IEnumerable<Notification> Mandates(SubjectHandle self, RegionSnapshot rules, DateTimeOffset now) =>
        from mandate in rules.Mandates.All
        where mandate.Subject == self || mandate.Delegate == self || mandate.Confirmers.Contains(self)
        let state = mandate.StateAt(now)
        let isMissing = (mandate.Delegate == self && !mandate.Accepted) || (mandate.Confirmers.Contains(self) && !mandate.Confirmed.Contains(self))
        select new Notification("mandate", mandate.Id, state.ToString(), state == MandateState.Requested && isMissing, mandate.LogIndex) { Member = mandate.RegisteredBy };

    private static IEnumerable<Notification> Corrections(SubjectHandle self, RegionSnapshot rules) =>
        from correction in rules.Corrections.Of(self)
        select new Notification("correction", correction.Id, correction.State.ToString(), false, correction.LogIndex)
        {
            Member = correction.Owner,
            At = correction.AnsweredAt ?? correction.Started,
            Reason = correction.Reason.ToString(),
            Finding = correction.Answer,
        };

    private static IEnumerable<Notification> Complaints(SubjectHandle self, RegionSnapshot rules) =>
        from complaint in rules.Complaints.Of(self)
        select new Notification("complaint", complaint.Id, complaint.State.ToString(), false, complaint.LogIndex)
        {
            Member = complaint.Member,
            At = complaint.AnsweredAt ?? complaint.ReceivedAt,
            Reason = complaint.Ground.ToString(),
            Finding = complaint.Answer,
        };

    /// <summary>Once the person is to be told: after 72 hours, or when the review is closed.</summary>
    private static IEnumerable<Notification> BreakGlass(SubjectHandle self, RegionSnapshot rules, DateTimeOffset now) =>
        from grant in rules.BreakGlass.Of(self)
        where grant.IsTold(now)
        select new Notification("break-glass", grant.Id, grant.StateAt(now).ToString(), false, grant.LogIndex)
        {
            Member = grant.Member,
            At = grant.OpenedAt,
            Reason = grant.Reason.ToString(),
            Finding = grant.Finding,
        };
}
