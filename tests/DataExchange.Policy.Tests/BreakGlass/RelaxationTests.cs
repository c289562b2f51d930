using DataExchange.Contracts.Log;
using DataExchange.Policy.BreakGlass;
using DataExchange.Policy.Decisions;
using DataExchange.Policy.Model;
using DataExchange.Policy.Personal;
using DataExchange.Policy.Restrictions;
using DataExchange.Policy.Rules;
using static DataExchange.Policy.Tests.Fixture.TestRegion;

namespace DataExchange.Policy.Tests.BreakGlass;

/// <summary>Break-glass relaxes case, quota and consent, and nothing else.</summary>
public class RelaxationTests
{
    private static readonly BreakGlassRecord Grant = new()
    {
        Id = "g-1",
        Subject = Person,
        Member = "housing",
        Holder = "clerk",
        Reason = BreakGlassReason.LifeInDanger,
        Explanation = "Unconscious.",
        Minutes = 15,
        RequestedAt = Now,
        OpenedAt = Now,
        EndsAt = Now.AddMinutes(15),
        State = BreakGlassState.Open,
    };

    private static readonly ExchangeRequest Broken = Request with { Actor = Request.Actor with { UserId = "clerk" }, BreakGlass = "g-1" };

    [Fact]
    public void Case_quota_and_consent_give_way_and_are_named()
    {
        var rules = With(WithGrant(grant => grant with { CaseRequired = true }), Grant);
        var decision = PolicyDecisionPoint.Decide(Broken with { Fields = ["name", "income", "health"], QuotaUsed = 10 }, rules, Now);

        Assert.Equal(DecisionOutcome.Permit, decision.Outcome);
        Assert.Equal(["name", "income", "health"], decision.Permitted.Select(field => field.Name));
        Assert.Equal(
            [(5, "quota-exceeded", null), (6, "case-required", null), (8, "consent-required", "income"), (8, "separate-consent-required", "health")],
            decision.Relaxed.Select(reason => (reason.Gate, reason.Code, reason.Field)));
    }

    [Fact]
    public void What_needs_no_relaxing_is_permitted_as_ever()
    {
        var decision = PolicyDecisionPoint.Decide(Broken, With(Founded, Grant), Now);
        Assert.Equal(DecisionOutcome.Permit, decision.Outcome);
        Assert.Empty(decision.Relaxed);
    }

    [Fact]
    public void A_grant_serves_its_holder_for_its_person_in_its_minutes()
    {
        var request = Broken with { Fields = ["income"] };
        Assert.Equal(DecisionOutcome.Permit, PolicyDecisionPoint.Decide(request, With(Founded, Grant), Now.AddMinutes(15).AddTicks(-1)).Outcome);
        Refused(request, With(Founded, Grant), Now.AddMinutes(15));
        Refused(request, With(Founded, Grant), Now.AddTicks(-1));
        Refused(request, With(Founded, Grant with { Subject = Stranger }), Now);
        Refused(request, With(Founded, Grant with { Member = "centre" }), Now);
        Refused(request with { Actor = request.Actor with { UserId = "another" } }, With(Founded, Grant), Now);
        Refused(request with { Actor = request.Actor with { UserId = null } }, With(Founded, Grant), Now);
        Refused(request with { BreakGlass = "g-2" }, With(Founded, Grant), Now);
        foreach (var state in Enum.GetValues<BreakGlassState>().Where(state => state != BreakGlassState.Open))
        {
            Refused(request, With(Founded, Grant with { State = state }), Now);
        }

        static void Refused(ExchangeRequest request, RegionSnapshot rules, DateTimeOffset now)
        {
            var decision = PolicyDecisionPoint.Decide(request, rules, now);
            Assert.Equal(DecisionOutcome.Deny, decision.Outcome);
            Assert.Contains(decision.Reasons, reason => reason.Code == "break-glass-not-permitted");
            Assert.Empty(decision.Relaxed);
        }
    }

    /// <summary>Every other gate, with an open grant.</summary>
    [Theory]
    [InlineData("prohibited", "dataset-prohibited")]
    [InlineData("purpose", "unknown-purpose")]
    [InlineData("dataset", "not-found")]
    [InlineData("suspended", "agreement-not-active")]
    [InlineData("role", "actor-not-authorised")]
    [InlineData("mandate", "mandate-invalid")]
    [InlineData("field", "fields-not-permitted")]
    [InlineData("basis", "legal-basis-missing")]
    [InlineData("objection", "subject-restricted")]
    public void Nothing_else_gives_way(string what, string code)
    {
        var (request, rules) = what switch
        {
            "prohibited" => (Broken with { Dataset = "registry/informants", Fields = ["name"] }, Founded),
            "purpose" => (Broken with { Purpose = "curiosity" }, Founded),
            "dataset" => (Broken with { Dataset = "registry/nothing" }, Founded),
            "suspended" => (Broken with { Mode = ExchangeMode.Batch }, Founded),
            "role" => (Broken with { Actor = Broken.Actor with { Roles = ["citizen"] } }, Founded),
            "mandate" => (Broken with { Mandate = "m-1" }, Founded),
            "field" => (Broken with { Fields = ["faith"] }, Founded),
            "basis" => (Broken, WithField("name", field => field with { Basis = LegalBasis.None })),
            _ => (Broken with { Fields = ["income"] }, Founded.Apply(
                new PersonalChanged(LeafKinds.RestrictionImposed, new RestrictionRecord { Id = "r", Subject = Person, Kind = RestrictionKind.Objection, State = RestrictionState.InForce, Purposes = ["rental"] }),
                Founded.GovernanceSize)),
        };
        var decision = PolicyDecisionPoint.Decide(request, With(rules, Grant), Now);
        Assert.Equal((DecisionOutcome.Deny, code), (decision.Outcome, decision.Problem?.Code));
        Assert.Empty(decision.Permitted);
    }

    private static RegionSnapshot With(RegionSnapshot rules, BreakGlassRecord grant) =>
        rules.Apply(new PersonalChanged(LeafKinds.BreakGlassRequested, grant), rules.GovernanceSize);
}
