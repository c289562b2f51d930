using System.Text;
using DataExchange.Contracts.Log;
using DataExchange.Policy.Consents;
using DataExchange.Policy.Decisions;
using DataExchange.Policy.Personal;
using DataExchange.Policy.Restrictions;
using DataExchange.Policy.Rules;
using static DataExchange.Policy.Tests.Fixture.TestRegion;

namespace DataExchange.Policy.Tests.Restrictions;

/// <summary>A protective hold denies, and what may be shown is the decision as if there were none.</summary>
public class ConcealmentTests
{
    private static readonly RestrictionRecord Hold = new()
    {
        Id = "h-1",
        Subject = Person,
        Kind = RestrictionKind.Hold,
        State = RestrictionState.InForce,
        Reason = HoldReason.PersonalSafety,
        Purposes = ["welfare"],
        ValidTo = Now.AddDays(1),
    };

    /// <summary>A request that a law permits, one that a consent permits, one whose consent is missing, one that is permitted in part.</summary>
    public static TheoryData<string> Requests => ["law", "consent", "no-consent", "partial", "break-glass"];

    [Theory]
    [MemberData(nameof(Requests))]
    public void Nothing_leaves_and_what_is_shown_is_what_would_be_without_it(string kind)
    {
        var (request, rules) = Arrange(kind);
        var open = PolicyDecisionPoint.Decide(request, rules, Now);
        var held = PolicyDecisionPoint.Decide(request, Held(rules, Hold), Now);

        Assert.Equal((DecisionOutcome.Deny, "h-1"), (held.Outcome, held.Hold));
        Assert.Empty(held.Permitted);
        Assert.Empty(held.Obligations);
        Assert.Contains(held.Reasons, reason => reason.Code == "subject-restricted");
        Assert.Equivalent(open with { GovernanceSize = 0 }, held.ForCaller() with { GovernanceSize = 0 }, strict: true);
        Assert.Equal(Written(open), Written(held.ForCaller() with { GovernanceSize = open.GovernanceSize }));
        Assert.Equal(Written(held.ForCaller()), Written(held));
        Assert.DoesNotContain("restricted", Written(held), StringComparison.Ordinal);
    }

    [Fact]
    public void It_holds_in_its_term_for_its_person_and_for_every_purpose_that_is_not_exempt()
    {
        Assert.Equal("h-1", PolicyDecisionPoint.Decide(Request, Held(Founded, Hold), Now).Hold);
        Assert.Null(PolicyDecisionPoint.Decide(Request, Held(Founded, Hold with { ValidTo = Now }), Now).Hold);
        Assert.Null(PolicyDecisionPoint.Decide(Request, Held(Founded, Hold with { Subject = Stranger }), Now).Hold);
        Assert.Null(PolicyDecisionPoint.Decide(Request, Held(Founded, Hold with { Purposes = ["rental"] }), Now).Hold);
        foreach (var state in Enum.GetValues<RestrictionState>().Where(state => state != RestrictionState.InForce))
        {
            Assert.Null(PolicyDecisionPoint.Decide(Request, Held(Founded, Hold with { State = state }), Now).Hold);
        }
    }

    private static (ExchangeRequest Request, RegionSnapshot Rules) Arrange(string kind) => kind switch
    {
        "law" => (Request, Founded),
        "consent" => (Request with { Fields = ["name", "income"] }, Founded.With(Consent)),
        "no-consent" => (Request with { Fields = ["name", "income"] }, Founded.With(Consent with { State = ConsentState.Withdrawn })),
        "partial" => (Request with { Fields = ["name", "income"], Lenient = true }, Founded),
        _ => (Request with { BreakGlass = "g-1" }, Founded),
    };

    private static RegionSnapshot Held(RegionSnapshot rules, RestrictionRecord hold) =>
        rules.Apply(new PersonalChanged(LeafKinds.RestrictionImposed, hold), rules.GovernanceSize);

    private static string Written(Decision decision)
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        DecisionRecord.WriteDecision(new CanonicalJsonWriter(output), decision);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
