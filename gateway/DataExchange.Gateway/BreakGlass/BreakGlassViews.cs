using DataExchange.Contracts.Records;
using DataExchange.Gateway.Personal;
using DataExchange.Policy.BreakGlass;
using DataExchange.Policy.Personal;
using DataExchange.Policy.Rules;

namespace DataExchange.Gateway.BreakGlass;

/// <summary>Grants as the API shows them.</summary>
internal static class BreakGlassViews
{
    public static PersonalIndex<BreakGlassRecord> Register(RegionSnapshot rules) => rules.BreakGlass;

    public static PersonalSteps.Show<BreakGlassRecord> Shown(TimeProvider clock) => (grant, _, receipt) => Show(grant, clock.GetUtcNow(), receipt);

    public static BreakGlassView Show(BreakGlassRecord grant, DateTimeOffset now, Receipt? receipt = null) => new()
    {
        Id = grant.Id,
        State = grant.StateAt(now),
        Person = OpaquePerson.Of(grant.Subject),
        Member = grant.Member,
        Holder = grant.Holder,
        Reason = grant.Reason,
        Explanation = grant.Explanation,
        RequestedAt = grant.RequestedAt,
        OpenedAt = grant.OpenedAt,
        EndsAt = grant.EndsAt,
        SecondPerson = grant.SecondPerson,
        ReviewBy = grant.ReviewBy,
        Overdue = grant.IsOverdue(now),
        Reviewer = grant.Reviewer,
        ClosedAt = grant.ClosedAt,
        Finding = grant.Finding,
        LogIndex = grant.LogIndex,
        Receipt = receipt,
    };
}
