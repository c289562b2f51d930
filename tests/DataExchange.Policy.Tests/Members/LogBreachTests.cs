using DataExchange.Policy.Events;
using DataExchange.Policy.Members;
using DataExchange.Policy.Model;
using DataExchange.Policy.Proposals;
using DataExchange.Policy.Rules;
using DataExchange.Policy.Tests.Fixture;
using static DataExchange.Policy.Tests.Fixture.TestMembers;

namespace DataExchange.Policy.Tests.Members;

/// <summary>Whoever writes the log around the commands changes no rules with it.</summary>
public class LogBreachTests
{
    private static readonly RegionSnapshot Rules = Region(3).Given(Propose(1, new PurposeRegistered(Purpose("rental", days: 60))));

    private static readonly Proposal Open = Rules.Newest();

    [Fact]
    public void What_the_members_decide_together_does_not_stand_alone_behind_the_founding()
    {
        var change = new MemberSuspended("m1", "x");
        Assert.NotNull(Breach(change));
        Assert.NotNull(Breach(new QuorumSet(new RegionQuorum { Approvals = 2 })));
        Assert.NotNull(Breach(new PurposeRegistered(Purpose("mine"))));
        Assert.NotNull(Breach(new MemberAdmitted(Member(4))));
        var founding = TestRegion.Fold([new RegionFounded("test.example", [], Now) { Entries = 2 }]);
        Assert.Null(LogBreach.Find(founding, new MemberAdmitted(Member(4)), 1, Now));
    }

    [Fact]
    public void A_vote_that_nobody_cast_is_none()
    {
        Assert.Null(Breach(new ProposalApproved(Open.Id, Sign(2, Open.Approval()))));
        Assert.NotNull(Breach(new ProposalApproved(Open.Id, Sign(2, Open.Approval(), key: 9))));
        Assert.NotNull(Breach(new ProposalApproved(Open.Id, Sign(2, Open.Rejection("x")))));
        Assert.NotNull(Breach(new ProposalRejected(Open.Id, Sign(2, Open.Rejection("x")), "y")));
        Assert.NotNull(Breach(new ProposalApproved("unknown", Sign(2, Open.Approval()))));
        Assert.NotNull(LogBreach.Find(Rules, new ProposalApproved(Open.Id, Sign(2, Open.Approval())), Rules.GovernanceSize, Now.AddDays(60)));
        var withdrawn = Rules.Then(new ProposalWithdrawn(Open.Id));
        Assert.NotNull(LogBreach.Find(withdrawn, new ProposalApproved(Open.Id, Sign(2, Open.Approval())), withdrawn.GovernanceSize, Now));
        Assert.NotNull(LogBreach.Find(withdrawn, new ProposalWithdrawn(Open.Id), withdrawn.GovernanceSize, Now));
    }

    [Fact]
    public void Keys_and_clients_that_the_member_did_not_sign_are_none()
    {
        var version = Rules.Membership.Find("m2")!.LogIndex;
        Assert.NotNull(Breach(new KeyRotated("m2", version, Jwks(9), Sign(2, []))));
        Assert.NotNull(Breach(new ClientsSet("m2", version, [new ClientRegistration("operator")], Sign(1, []))));
        Assert.NotNull(Breach(new KeyRotated("m2", version - 1, Jwks(9), Sign(2, []))));
    }

    [Fact]
    public void What_nobody_can_propose_is_not_proposed() =>
        Assert.NotNull(Breach(Open.Made with { ChangeKind = "consent.given" }));

    private static string? Breach(GovernanceEvent @event) => LogBreach.Find(Rules, @event, Rules.GovernanceSize, Now);
}
