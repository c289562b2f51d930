using CsCheck;
using DataExchange.Policy.Consents;
using DataExchange.Policy.Decisions;
using DataExchange.Policy.Events;
using DataExchange.Policy.Personal;
using DataExchange.Policy.Model;
using DataExchange.Policy.Rules;
using static DataExchange.Policy.Tests.Fixture.TestRegion;

namespace DataExchange.Policy.Tests.Decisions;

/// <summary>What holds of every decision, over requests and rules that are mostly in order and sometimes not.</summary>
public class DecisionProperties
{
    private const string Residence = Fixture.TestRegion.Dataset;

    private static readonly Gen<string[]> Fields =
        OneOf("name", "birthDate", "income", "health", "married", "weight", "faith", "shoeSize", "*").Array[0, 5];

    private static readonly Gen<ExchangeRequest> Requests = Gen.Select(
        OneOf("housing-system", "housing-system", "housing-system", "housing-bound", "housing-other", "centre-system", "nobody"),
        OneOf("department-system", "department-system", "department-system", "desk-clerk", "citizen"),
        OneOf(Residence, Residence, Residence, "registry/informants", "registry/nothing"),
        OneOf("rental", "rental", "rental", "welfare", "none"),
        Fields,
        OneOf(ExchangeMode.Query, ExchangeMode.Query, ExchangeMode.Batch),
        Gen.Bool,
        OneOf<int?>(2010, 2020, null),
        (client, role, dataset, purpose, fields, mode, lenient, born) => Request with
        {
            Actor = new Actor { ClientId = client, Roles = [role] },
            Dataset = dataset,
            Purpose = purpose,
            Fields = fields,
            Mode = mode,
            Lenient = lenient,
            BirthDate = born is { } year ? new DateOnly(year, 6, 1) : null,
        });

    private static readonly Gen<ConsentRecord> Consents = Gen.Select(
        Gen.Int[0, 5],
        OneOf("income", "health", "married").Array[1, 3],
        OneOf(Enum.GetValues<ConsentKind>()),
        OneOf(ConsentState.Given, ConsentState.Given, ConsentState.Renewed, ConsentState.Requested, ConsentState.Withdrawn),
        OneOf(Enum.GetValues<ExpressedBy>()),
        OneOf(2, 3, 3),
        Gen.Int[-1, 2],
        (id, fields, kind, state, by, revision, days) => Consent with
        {
            Id = $"c{id}", Fields = fields, Kind = kind, State = state, ExpressedBy = by, NoticeRevision = revision, ValidTo = Now.AddDays(days),
        });

    private static readonly Gen<GovernanceEvent[]> Histories = Consents.Array[0, 6].Select(
        consents => (GovernanceEvent[])[.. History, .. consents.DistinctBy(consent => consent.Id).Select(consent => new PersonalChanged("consent.given", consent))]);

    [Fact]
    public void What_is_permitted_was_asked_is_granted_needed_and_held() => Gen.Select(Requests, Histories).Sample((request, history) =>
    {
        var rules = Fold(history);
        var decision = PolicyDecisionPoint.Decide(request, rules, Now);
        foreach (var field in decision.Permitted)
        {
            var granted = rules.Agreements.Over(request.Dataset)
                .Where(entry => entry.State == AgreementState.Active && $"{entry.Agreement.Id}@{entry.Agreement.Revision}" == decision.Agreement)
                .SelectMany(entry => entry.Agreement.Grants).Single(grant => grant.Purpose == request.Purpose)
                .Fields.Single(grantedField => grantedField.Name == field.Name);
            Assert.Contains(field.Name, request.Fields);
            Assert.Contains(field.Name, rules.FindPurpose(request.Purpose)!.Limits[request.Dataset]);
            Assert.Contains(field.Transform, rules.FindDataset(request.Dataset)!.FindField(field.Name)!.Transforms);
            Assert.Equal(granted.Transform, field.Transform);
            Assert.Equal(granted.Basis == LegalBasis.Consent, field.ConsentId is not null);
        }
    }, iter: 5_000);

    [Fact]
    public void A_decision_says_one_thing() => Gen.Select(Requests, Histories).Sample((request, history) =>
    {
        var decision = PolicyDecisionPoint.Decide(request, Fold(history), Now);
        Assert.Equal(decision.Outcome == DecisionOutcome.Deny, decision.Problem is not null);
        Assert.Equal(decision.Outcome == DecisionOutcome.Deny, decision.Permitted.Count == 0);
        Assert.Equal(decision.Outcome == DecisionOutcome.Permit, decision.Reasons.Count == 0);
        Assert.True(decision.Outcome != DecisionOutcome.Partial || request.Lenient);
        Assert.Equal(decision.Reasons.OrderBy(reason => reason.Gate), decision.Reasons);
        Assert.True(decision.Problem is null || decision.Problem.Code == decision.Reasons[0].Code);
        Assert.Empty(decision.Denied.Intersect(decision.Permitted.Select(field => field.Name)));
        if (decision.Outcome != DecisionOutcome.Deny)
        {
            Assert.Equal(request.Fields, request.Fields.Where(name => decision.Denied.Contains(name) || decision.Permitted.Any(field => field.Name == name)));
        }
    }, iter: 5_000);

    [Fact]
    public void The_same_facts_give_the_same_decision() => Gen.Select(Requests, Histories).Sample((request, history) =>
        Assert.Equivalent(
            PolicyDecisionPoint.Decide(request, Fold(history), Now),
            PolicyDecisionPoint.Decide(request with { Fields = [.. request.Fields] }, Fold(history), Now), strict: true), iter: 1_000);

    [Fact]
    public void Leniency_permits_no_field_that_would_not_be_permitted_alone() => Gen.Select(Requests, Histories).Sample((request, history) =>
    {
        var rules = Fold(history);
        foreach (var field in PolicyDecisionPoint.Decide(request with { Lenient = true }, rules, Now).Permitted)
        {
            var alone = PolicyDecisionPoint.Decide(request with { Lenient = false, Fields = [field.Name] }, rules, Now);
            Assert.Equal(DecisionOutcome.Permit, alone.Outcome);
            Assert.Equal(field, Assert.Single(alone.Permitted));
        }
    }, iter: 3_000);

    [Fact]
    public void Without_a_fact_nothing_more_is_permitted() => Gen.Select(Requests, Histories, Gen.Int[0, 50]).Sample((request, history, drop) =>
    {
        // A suspension takes away; every other event of these histories adds a fact.
        var facts = history.Where(fact => fact is not AgreementSuspended).ToList();
        var dropped = facts[drop % facts.Count];
        var with = Permitted(request, Fold(facts));
        var without = Permitted(request, Fold(facts.Where(fact => !ReferenceEquals(fact, dropped))));
        Assert.Subset(with, without);
    }, iter: 5_000);

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static HashSet<string> Permitted(ExchangeRequest request, RegionSnapshot rules) =>
        [.. PolicyDecisionPoint.Decide(request, rules, Now).Permitted.Select(field => field.Name)];
}
