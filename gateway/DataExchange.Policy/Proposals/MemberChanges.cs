using DataExchange.Contracts.Log;
using DataExchange.Policy.Events;
using DataExchange.Policy.Founding;
using DataExchange.Policy.Members;
using DataExchange.Policy.Rules;

namespace DataExchange.Policy.Proposals;

/// <summary>The rules of proposals about members.</summary>
internal static class MemberChanges
{
    public static void CheckAdmitted(MemberAdmitted change, RegionSnapshot rules, FoundingFaults faults)
    {
        MemberRules.Check(change.Member, "$.change", faults);
        MemberRules.CheckBeside(change.Member, rules.Membership, "$.change", faults);
        var authority = rules.Members.FirstOrDefault(member => member.DataAuthority && member.Code != change.Code);
        faults.Require(!change.Member.DataAuthority || authority is null, "$.change.dataAuthority", $"'{authority?.Code}' is the data authority; propose first that it no longer is.");
    }

    public static void CheckSuspended(MemberSuspended change, RegionSnapshot rules, FoundingFaults faults)
    {
        CheckNamed(change, rules, faults);
        faults.RequireReason(change.Reason, "$.change.reason");
        var left = rules.Membership.ActiveCount - 1;
        faults.Require(left >= rules.Proposals.Required(left) && left > 0, "$.change.member", $"would leave {left} members, too few for the quorum; propose another quorum first.");
    }

    public static void CheckReinstated(MemberReinstated change, RegionSnapshot rules, FoundingFaults faults)
    {
        CheckNamed(change, rules, faults);
        faults.RequireReason(change.Reason, "$.change.reason");
    }

    /// <summary>Why a member's state does not allow it, with what the members may propose about it instead.</summary>
    public static (string Why, IReadOnlyList<string> Next)? Conflict(MemberEvent change, RegionSnapshot rules) => (change, rules.Membership.Find(change.Code)?.State) switch
    {
        (MemberSuspended, MemberState.Suspended) => ("The member is suspended already.", [LeafKinds.MemberAdmitted, LeafKinds.MemberReinstated]),
        (MemberReinstated, MemberState.Active) => ("The member is not suspended.", [LeafKinds.MemberAdmitted, LeafKinds.MemberSuspended]),
        (MemberSuspended or MemberReinstated, null) => ("There is no such member.", [LeafKinds.MemberAdmitted]),
        _ => null,
    };

    private static void CheckNamed(MemberEvent change, RegionSnapshot rules, FoundingFaults faults) =>
        faults.Require(rules.FindMember(change.Code) is not null, "$.change.member", $"'{change.Code}' is no member.");
}
