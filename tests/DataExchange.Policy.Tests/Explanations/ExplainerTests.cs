using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using CsCheck;
using DataExchange.Policy.Consents;
using DataExchange.Policy.Decisions;
using DataExchange.Policy.Explanations;
using DataExchange.Policy.Model;
using DataExchange.Policy.Rules;
using DataExchange.Policy.Tests.Decisions;
using static DataExchange.Policy.Tests.Fixture.TestRegion;

namespace DataExchange.Policy.Tests.Explanations;

/// <summary>A decision told gate by gate, and who is told what.</summary>
public class ExplainerTests
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    private static readonly ExchangeRequest AsksForIncome = Request with { Fields = ["name", "income"] };

    [Fact]
    public void A_permit_tells_every_rule_with_the_entry_that_made_it()
    {
        var explained = Explain(AsksForIncome, Founded.With(Consent), Audience.Subject);

        Assert.Equal(DecisionOutcome.Permit, explained.Outcome);
        Assert.Null(explained.Problem);
        Assert.Equal(Enumerable.Range(1, 10), explained.Gates.Select(gate => gate.Gate));
        Assert.All(explained.Gates, gate => Assert.Equal(GateStatus.Passed, gate.Status));
        Assert.Equal(
            [
                ("member", "housing"), ("purpose", "rental"), ("dataset", "registry/residence@2"), ("dataset", "registry/residence@2"), ("agreement", "housing-residence@1"),
                ("grant", "housing-residence@1#rental"), ("grant", "housing-residence@1#rental"), ("limit", "rental#registry/residence"), ("dataset", "registry/residence@2"),
                ("basis", "housing-residence@1#name"), ("consent", "c1"), ("notice", "rental-consent@3"),
            ],
            explained.Gates.SelectMany(gate => gate.Rules).Select(rule => (rule.Kind, rule.Id)));
        Assert.All(explained.Gates.SelectMany(gate => gate.Rules), rule => Assert.Equal(IndexOf(rule), rule.GovernanceIndex));
    }

    [Fact]
    public void A_refusal_tells_what_failed_what_would_help_and_what_was_not_reached()
    {
        var explained = Explain(Request with { Purpose = "welfare", Fields = ["name"] }, Founded, Audience.Reviewer);

        Assert.Equal("purpose-not-permitted", explained.Problem);
        Assert.Equal(
            [GateStatus.Passed, GateStatus.Passed, GateStatus.Passed, GateStatus.Passed, GateStatus.Failed, GateStatus.Passed, GateStatus.NotReached, GateStatus.NotReached, GateStatus.NotReached, GateStatus.NotReached],
            explained.Gates.Select(gate => gate.Status));
        var reason = Assert.Single(explained.Gates[4].Reasons);
        Assert.Equal("The agreement grants nothing for this purpose.", reason.Meaning["en"]);
        Assert.Equal("协议未就该用途作出授权。", reason.Meaning["zh"]);
        Assert.Equal("Ask for a purpose that the agreement grants, or amend the agreement.", reason.Remedy["en"]);
        Assert.Contains("active, in force from 2026-01-01T00:00:00Z until 2027-01-01T00:00:00Z", Assert.Single(explained.Gates[4].Rules).Text["en"], StringComparison.Ordinal);
        Assert.Contains("（住房局）", explained.Gates[0].Rules[0].Text["zh"], StringComparison.Ordinal);
    }

    [Fact]
    public void Where_no_agreement_could_be_relied_on_the_ones_there_are_are_told()
    {
        var explained = Explain(Request with { Actor = Request.Actor with { ClientId = "centre-system" }, Fields = ["name"] }, Founded, Audience.Reviewer);
        var rule = Assert.Single(explained.Gates[4].Rules);
        Assert.Equal("centre-residence@1", rule.Id);
        Assert.Contains("is suspended", rule.Text["en"], StringComparison.Ordinal);
        Assert.Equal(History.Count - 1, rule.GovernanceIndex);
    }

    [Fact]
    public void A_consent_that_does_not_serve_is_told_to_the_person_and_not_to_the_caller()
    {
        var rules = Founded.With(Consent with { State = ConsentState.Withdrawn });

        var told = Explain(AsksForIncome, rules, Audience.Subject).Gates[7];
        Assert.Equal(("consent-not-valid", "income"), (told.Reasons[0].Code, told.Reasons[0].Field));
        Assert.Contains(told.Rules, rule => rule is { Kind: "consent", Id: "c1" } && rule.Text["en"].Contains("is withdrawn", StringComparison.Ordinal));

        var caller = Explain(AsksForIncome, rules, Audience.Caller).Gates.Single(gate => gate.Gate == 8);
        Assert.Equal(("consent-not-valid", "income"), (caller.Reasons[0].Code, caller.Reasons[0].Field));
        Assert.Empty(caller.Rules);
    }

    [Fact]
    public void A_caller_cannot_tell_a_restriction_from_a_missing_legal_basis()
    {
        var restricted = Explain(Request, Founded.Restrict(Person), Audience.Caller);
        var baseless = Explain(Request, WithGrant(grant => grant with { Fields = [.. grant.Fields.Select(field => field with { Basis = LegalBasis.None })] }), Audience.Caller);

        Assert.Equal("legal-basis-missing", restricted.Problem);
        Assert.Equal(JsonSerializer.Serialize(baseless, Readable), JsonSerializer.Serialize(restricted, Readable));
        Assert.Equal("subject-restricted", Explain(Request, Founded.Restrict(Person), Audience.Subject).Problem);
        Assert.Contains(Explain(Request, Founded.Restrict(Person), Audience.Reviewer).Gates[8].Rules, rule => rule.Kind == "restriction");
    }

    [Fact]
    public void Everything_that_can_be_told_has_words_and_a_caller_is_told_of_no_person() =>
        Gen.Select(DecisionGenerators.Requests, DecisionGenerators.Histories, Gen.Bool).Sample((request, history, restricted) =>
        {
            var rules = restricted ? Fold(history).Restrict(Person) : Fold(history);
            foreach (var audience in Enum.GetValues<Audience>())
            {
                var explained = Explain(request, rules, audience);
                Assert.All(Texts(explained), text =>
                {
                    Assert.Equal(["en", "zh"], text.Keys.Order());
                    Assert.All(text.Values, words => Assert.True(words.Length > 0 && !words.Contains('{', StringComparison.Ordinal), words));
                });
                var decision = PolicyDecisionPoint.Decide(request, rules, Now);
                var shown = audience == Audience.Caller ? Disclosure.ToCaller(decision) : decision;
                Assert.Equal(shown.Reasons.Select(reason => (reason.Gate, reason.Code, reason.Field)), explained.Gates.SelectMany(gate => gate.Reasons, (gate, reason) => (gate.Gate, reason.Code, reason.Field)));
            }

            var told = Explain(request, rules, Audience.Caller);
            Assert.DoesNotContain(told.Gates, gate => gate.Gate == 9 || gate.Asked is not null || gate.Rules.Count > 0 || gate.Reasons.Any(reason => reason.Code == "subject-restricted"));
            Assert.NotEqual("subject-restricted", told.Problem);
        }, iter: 500);

    private static Explanation Explain(ExchangeRequest request, RegionSnapshot rules, Audience audience)
    {
        var origins = new RuleOrigins();
        foreach (var (index, @event) in History.Index())
        {
            origins.Note(@event, index);
        }

        return Explainer.Explain(PolicyDecisionPoint.Trace(request, rules, Now), origins, audience);
    }

    /// <summary>The last event of the history about what the rule comes from.</summary>
    private static long IndexOf(CitedRule rule)
    {
        var thing = rule.Id.Split('@', '#')[0];
        return rule.Kind == "consent" ? History.Count : History.Index().Last(entry => entry.Item.Thing == thing).Index;
    }

    private static IEnumerable<LocalizedText> Texts(Explanation explained) =>
    [
        explained.Summary,
        .. explained.Gates.SelectMany(gate => (IEnumerable<LocalizedText>)
        [
            gate.Name, gate.StatusText, .. gate.Asked is { } asked ? [asked] : (LocalizedText[])[], .. gate.Rules.Select(rule => rule.Text),
            .. gate.Reasons.Select(reason => reason.Meaning), .. gate.Reasons.Select(reason => reason.Remedy),
        ]),
    ];
}
