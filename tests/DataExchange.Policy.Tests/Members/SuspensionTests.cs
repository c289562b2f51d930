using DataExchange.Policy.Decisions;
using DataExchange.Policy.Members;
using DataExchange.Policy.Model;
using DataExchange.Policy.Purposes;
using DataExchange.Policy.Rules;
using DataExchange.Policy.Tests.Fixture;
using static DataExchange.Policy.Tests.Fixture.TestRegion;

namespace DataExchange.Policy.Tests.Members;

/// <summary>A suspension bites in every decision at once.</summary>
public class SuspensionTests
{
    [Fact]
    public void A_suspended_members_clients_act_for_nobody()
    {
        var suspended = Founded.Then(new MemberSuspended("housing", "Because."));
        var decision = PolicyDecisionPoint.Decide(Request, suspended, Now);
        Assert.Equal("actor-not-authorised", decision.Problem?.Code);
        Assert.Contains("suspended", decision.Reasons[0].Detail, StringComparison.Ordinal);
        Assert.Null(suspended.FindMemberByClient("housing-system"));
        Assert.Equal(DecisionOutcome.Permit, PolicyDecisionPoint.Decide(Request, suspended.Then(new MemberReinstated("housing", "Back.")), Now).Outcome);
    }

    [Fact]
    public void Agreements_with_a_suspended_provider_permit_nothing()
    {
        var decision = PolicyDecisionPoint.Decide(Request, Founded.Then(new MemberSuspended("registry", "Because.")), Now);
        Assert.Equal("agreement-not-active", decision.Problem?.Code);
        Assert.Contains("suspended", decision.Reasons[0].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_members_are_not_touched() =>
        Assert.Equal(DecisionOutcome.Permit, PolicyDecisionPoint.Decide(Request, Founded.Then(new MemberSuspended("centre", "Because.")), Now).Outcome);

    [Fact]
    public void A_suspended_members_bound_tokens_stay_bound()
    {
        var actor = new Actor { ClientId = "housing-bound", Roles = [] };
        Assert.False(SenderBinding.Holds(actor, Founded));
        Assert.False(SenderBinding.Holds(actor, Founded.Then(new MemberSuspended("housing", "Because."))));
    }

    [Fact]
    public void An_agreement_stops_permitting_a_client_that_its_consumer_no_longer_names()
    {
        var rules = Founded.Then(new ClientsSet("housing", 0, [new ClientRegistration("housing-other")], ""));
        Assert.Equal("actor-not-authorised", PolicyDecisionPoint.Decide(Request, rules, Now).Problem?.Code);

        // And permits it to nobody else who registers it.
        rules = rules.Then(new ClientsSet("centre", 0, [new ClientRegistration("housing-system")], ""));
        Assert.Equal("agreement-not-active", PolicyDecisionPoint.Decide(Request, rules, Now).Problem?.Code);
    }

    [Fact]
    public void Nobody_asks_for_a_purpose_that_was_withdrawn() =>
        Assert.Equal("unknown-purpose", PolicyDecisionPoint.Decide(Request, Founded.Then(new PurposeWithdrawn("rental", "Over.")), Now).Problem?.Code);
}
