using DataExchange.Policy.Cases;
using DataExchange.Policy.Consents;
using DataExchange.Policy.Decisions;
using DataExchange.Policy.Matters;
using DataExchange.Policy.Tests.Fixture;
using static DataExchange.Policy.Tests.Fixture.TestCases;
using static DataExchange.Policy.Tests.Fixture.TestRegion;

namespace DataExchange.Policy.Tests.Cases;

/// <summary>Gate 6 with a case: what a case lets through, and that nothing else about a request changes.</summary>
public class CaseCoverageTests
{
    private static readonly ExchangeRequest AtTheDesk = Request with { Case = Id, Actor = Request.Actor with { UserId = "li", Roles = ["desk-clerk"] } };

    public static TheoryData<string, CaseRecord> Uncovering => new()
    {
        { "ended", Open with { State = CaseState.Completed } },
        { "cancelled", Open with { State = CaseState.Cancelled } },
        { "expired by time", Open with { Expires = Now } },
        { "another person's", Open with { Subject = Stranger } },
        { "another department's", Open with { Department = "centre" } },
        { "of a matter that is not there", Open with { Matter = "nothing" } },
        { "of a revision that is not there", Open with { MatterRevision = 7 } },
        { "another case", Open with { Id = "another" } },
    };

    [Fact]
    public void A_clerk_asks_in_an_open_case() => Assert.Equal(DecisionOutcome.Permit, Decide(AtTheDesk, Open).Outcome);

    [Fact]
    public void A_clerk_asks_in_no_other_way() => Assert.Equal("case-required", Decide(AtTheDesk with { Case = null }, Open).Problem?.Code);

    [Fact]
    public void A_case_stays_open_while_it_is_ready() => Assert.Equal(DecisionOutcome.Permit, Decide(AtTheDesk, Ready).Outcome);

    [Fact]
    public void A_grant_that_requires_a_case_passes_in_one()
    {
        var rules = WithGrant(grant => grant with { CaseRequired = true });
        rules = rules.Apply(new MatterDefined(Home), rules.GovernanceSize).With(Open);

        Assert.Equal(DecisionOutcome.Permit, PolicyDecisionPoint.Decide(Request with { Case = Id }, rules, Now).Outcome);
        Assert.Equal("case-required", PolicyDecisionPoint.Decide(Request, rules, Now).Problem?.Code);
    }

    [Theory]
    [MemberData(nameof(Uncovering))]
    public void A_case_covers_nothing_when_it_is(string what, CaseRecord @case)
    {
        var decision = Decide(AtTheDesk, @case);

        Assert.True(decision.Problem?.Code == "case-required", what);
        Assert.Equal("No open case covers this request.", decision.Reasons.Single(reason => reason.Gate == 6).Detail);
    }

    [Fact]
    public void A_case_covers_what_its_matter_needs_and_no_more()
    {
        Assert.Equal("case-required", Decide(AtTheDesk with { Purpose = "welfare" }, Open).Reasons.Single(reason => reason.Gate == 6).Code);
        var narrow = Home with { Needs = [Home.Needs[0] with { Fields = ["name"] }], Form = [] };
        var rules = Founded.Apply(new MatterDefined(narrow), Founded.GovernanceSize).With(Open);
        Assert.Equal(DecisionOutcome.Permit, PolicyDecisionPoint.Decide(AtTheDesk with { Fields = ["name"] }, rules, Now).Outcome);
        Assert.Equal("case-required", PolicyDecisionPoint.Decide(AtTheDesk with { Fields = ["name", "birthDate"] }, rules, Now).Problem?.Code);
    }

    [Fact]
    public void A_case_that_is_named_has_to_be_right_even_where_none_is_asked_for()
    {
        Assert.Equal(DecisionOutcome.Permit, PolicyDecisionPoint.Decide(Request, Defined, Now).Outcome);
        Assert.Equal("case-required", PolicyDecisionPoint.Decide(Request with { Case = Id }, Defined, Now).Problem?.Code);
    }

    [Fact]
    public void A_case_takes_no_consents_place() => Assert.Equal("consent-required", Decide(AtTheDesk with { Fields = ["income"] }, Open).Problem?.Code);

    [Fact]
    public void Missing_consents_are_those_that_an_exchange_would_be_refused_for()
    {
        var missing = MissingConsents.Of(Open, Home, Defined.With(Open), Now);

        Assert.Equal(
            [("income", "consent-required", "income,married"), ("health", "separate-consent-required", "health")],
            missing.Select(lack => (lack.Need.Code, lack.Code, string.Join(',', lack.Fields))));
        Assert.All(missing, lack => Assert.Equal(("rental-consent", null), (lack.Notice?.Code, lack.Pending)));
        Assert.Equal([ConsentKind.General, ConsentKind.Separate], missing.Select(lack => lack.Kind));
    }

    [Fact]
    public void A_consent_that_is_given_is_not_missing_and_one_that_is_asked_for_is_pending()
    {
        var asked = Consent with { Id = "c2", Fields = ["health"], State = ConsentState.Requested, ValidFrom = null };
        var rules = Defined.With(Open).With(Consent, asked);

        var missing = Assert.Single(MissingConsents.Of(Open, Home, rules, Now));

        Assert.Equal(("health", "c2"), (missing.Need.Code, missing.Pending?.Id));
    }

    [Fact]
    public void Fields_that_lack_a_consent_for_different_reasons_are_asked_for_together()
    {
        var rules = Defined.With(Open).With(Consent with { Fields = ["married"], State = ConsentState.Withdrawn });

        var missing = MissingConsents.Of(Open, Home, rules, Now)[0];

        Assert.Equal("income,married", string.Join(',', missing.Fields));
    }

    [Fact]
    public void An_ended_case_misses_nothing() => Assert.Empty(MissingConsents.Of(Completed, Home, Defined.With(Completed), Now));

    [Fact]
    public void Statistics_count_completed_cases_by_month_and_nothing_else()
    {
        var rules = Defined.With(
            Completed,
            Completed with { Id = "2", Ended = Now.AddMonths(-1), DocumentsSpared = 3, CountersSpared = 1 },
            Completed with { Id = "3", Subject = Stranger },
            Ready with { Id = "4" },
            Completed with { Id = "5", State = CaseState.Cancelled },
            Completed with { Id = "6", Matter = "another" });

        Assert.Equal([new MatterMonth("2026-05", 1, 3, 1), new MatterMonth("2026-06", 2, 2, 4)], MatterStatistics.Of("home", rules));
    }

    private static Decision Decide(ExchangeRequest request, CaseRecord @case) => PolicyDecisionPoint.Decide(request, Defined.With(@case), Now);
}
