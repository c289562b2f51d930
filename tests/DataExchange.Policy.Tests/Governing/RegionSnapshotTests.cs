using DataExchange.Contracts.Log;
using DataExchange.Policy.Consents;
using DataExchange.Policy.Decisions;
using DataExchange.Policy.Erasures;
using DataExchange.Policy.Events;
using DataExchange.Policy.Personal;
using DataExchange.Policy.Model;
using DataExchange.Policy.Rules;
using DataExchange.Policy.Tests.Fixture;
using static DataExchange.Policy.Tests.Fixture.TestRegion;

namespace DataExchange.Policy.Tests.Governing;

public class RegionSnapshotTests
{
    [Fact]
    public void A_prefix_of_the_log_gives_the_rules_of_that_size_for_good()
    {
        GovernanceEvent[] history =
        [
            .. History,
            new PersonalChanged(LeafKinds.ConsentRequested, Consent with { State = ConsentState.Requested }),
            new PersonalChanged(LeafKinds.ConsentGiven, Consent),
            new PersonalChanged(LeafKinds.ConsentWithdrawn, Consent with { State = ConsentState.Withdrawn }),
        ];
        var request = Request with { Fields = ["name", "income"] };
        var seen = new List<Decision>();
        var rules = RegionSnapshot.Empty;
        foreach (var @event in history)
        {
            rules = rules.Apply(@event, rules.GovernanceSize);
            seen.Add(PolicyDecisionPoint.Decide(request, rules, Now));
        }

        Assert.Equal([DecisionOutcome.Deny, DecisionOutcome.Permit, DecisionOutcome.Deny], seen[^3..].Select(decision => decision.Outcome));
        for (var size = 1; size <= history.Length; size++)
        {
            // From the records, as a replay reads them, and not from the objects that made them.
            var replayed = Fold(history.Take(size).Select(@event => GovernanceRecords.Read(@event.Kind, GovernanceRecords.Write(@event), Person)));
            Assert.Equal(size, replayed.GovernanceSize);
            Assert.Equivalent(seen[size - 1], PolicyDecisionPoint.Decide(request, replayed, Now), strict: true);
        }
    }

    [Fact]
    public void A_consent_carried_over_from_a_log_that_lost_entries_permits_nothing_until_it_is_given_anew()
    {
        var request = Request with { Fields = ["name", "income"] };
        GovernanceEvent[] carried = [.. History, new PersonalChanged(LeafKinds.ConsentGiven, Consent), new PersonalChanged(LeafKinds.ConsentRequested, Consent with { Id = "asked", State = ConsentState.Requested })];
        var adopted = new LogAdopted("test.example/governance", "a key", new StoredTree(carried.Length, "a root"), ["a note"], carried.Length, "an order");
        var rules = Fold([adopted, .. carried]);
        Assert.Equal(["Invalidated", "Requested"], rules.ConsentsOf(Person).Select(consent => consent.State.ToString()).Order());
        Assert.Equal(DecisionOutcome.Deny, PolicyDecisionPoint.Decide(request, rules, Now).Outcome);

        var again = rules.Apply(new PersonalChanged(LeafKinds.ConsentGiven, Consent with { Id = "anew" }), rules.GovernanceSize);
        Assert.Equal(DecisionOutcome.Permit, PolicyDecisionPoint.Decide(request, again, Now).Outcome);

        // An access log that is retired alone carries nothing of the rules.
        Assert.Equal(ConsentState.Given, Fold([.. carried]).FindConsent(Consent.Id)!.State);
    }

    [Fact]
    public void An_event_leaves_the_rules_before_it_as_they_were()
    {
        var before = Founded.With(Consent);
        var after = before.With(Consent with { State = ConsentState.Withdrawn });
        Assert.Equal(ConsentState.Given, Assert.Single(before.ConsentsOf(Person)).State);
        Assert.Equal(ConsentState.Withdrawn, Assert.Single(after.ConsentsOf(Person)).State);
        Assert.Empty(Founded.ConsentsOf(Person));
        Assert.Equal(before.GovernanceSize + 1, after.GovernanceSize);
    }

    [Fact]
    public void The_founding_says_how_many_entries_it_makes() => Assert.Equal(History.Count, Assert.IsType<RegionFounded>(History[0]).Entries);

    [Fact]
    public void A_suspended_agreement_stands_suspended() => Assert.Equal(
        [AgreementState.Active, AgreementState.Suspended], Founded.Agreements.Over(TestRegion.Dataset).Select(entry => entry.State));

    [Fact]
    public void A_client_that_a_member_gave_up_is_nobodys()
    {
        var housing = Founded.FindMember("housing")!;
        var rules = Founded.Apply(new MemberAdmitted(housing with { Clients = [new ClientRegistration("housing-new")] }), Founded.GovernanceSize);
        Assert.Null(rules.FindMemberByClient("housing-system"));
        Assert.Equal("housing", rules.FindMemberByClient("housing-new")?.Code);
        Assert.Equal("housing", Founded.FindMemberByClient("housing-system")?.Code);
    }

    [Fact]
    public void An_erasure_is_known_by_its_id_and_those_erased_have_no_consents_any_more()
    {
        var other = Consent with { Id = "c2", Subject = Stranger };
        var consented = Founded.Apply(new PersonalChanged(LeafKinds.ConsentGiven, Consent), Founded.GovernanceSize);
        consented = consented.Apply(new PersonalChanged(LeafKinds.ConsentGiven, other), consented.GovernanceSize);

        var erased = consented.Apply(new ErasureOrdered("e1", 1, ErasureBasis.ConsentWithdrawn, "operator"), consented.GovernanceSize).Without([Person]);

        Assert.True(erased.HasErasure("e1"));
        Assert.False(consented.HasErasure("e1"));
        Assert.Empty(erased.ConsentsOf(Person));
        Assert.Null(erased.FindConsent(Consent.Id));
        Assert.Single(erased.ConsentsOf(Stranger));
        Assert.Single(consented.ConsentsOf(Person));
        Assert.Equal(DecisionOutcome.Deny, PolicyDecisionPoint.Decide(Request with { Fields = ["name", "income"] }, erased, Now).Outcome);
    }

    [Fact]
    public void Rules_do_not_run_backwards()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Founded.Apply(History[1], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Founded.At(Founded.GovernanceSize - 1));
        Assert.Equal(Founded.GovernanceSize + 5, Founded.At(Founded.GovernanceSize + 5).GovernanceSize);
    }
}
