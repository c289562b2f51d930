using System.Buffers;
using System.Text.Json;
using CsCheck;
using DataExchange.Contracts.Log;
using DataExchange.Policy.Decisions;
using DataExchange.Policy.Events;
using DataExchange.Policy.Model;
using static DataExchange.Policy.Tests.Decisions.DecisionGenerators;
using static DataExchange.Policy.Tests.Fixture.TestRegion;

namespace DataExchange.Policy.Tests.Decisions;

/// <summary>What holds of every decision, over the requests and rules of <see cref="DecisionGenerators"/>.</summary>
public class DecisionProperties
{
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
    public void A_replay_from_what_the_logs_hold_comes_to_the_same_bytes() => Gen.Select(Requests, Histories).Sample((request, history) =>
    {
        var logged = Recorded(PolicyDecisionPoint.Decide(request, Fold(history), Now));
        var rebuilt = Fold(history.Select(fact => GovernanceRecords.Read(fact.Kind, GovernanceRecords.Write(fact), Person)));
        using var written = JsonDocument.Parse(Recorded(request));
        Assert.Equal(logged, Recorded(PolicyDecisionPoint.Decide(DecisionRecord.ReadRequest(written.RootElement, Person), rebuilt, Now)));
    }, iter: 1_000);

    [Fact]
    public void A_trace_is_of_the_decision_that_is_made() => Gen.Select(Requests, Histories).Sample((request, history) =>
    {
        var rules = Fold(history);
        Assert.Equal(Recorded(PolicyDecisionPoint.Decide(request, rules, Now)), Recorded(PolicyDecisionPoint.Trace(request, rules, Now).Decision));
    }, iter: 1_000);

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

    private static byte[] Recorded(Decision decision) => Recorded(writer => DecisionRecord.WriteDecision(writer, decision));

    private static byte[] Recorded(ExchangeRequest request) => Recorded(writer => DecisionRecord.WriteRequest(writer, request));

    private static byte[] Recorded(Action<CanonicalJsonWriter> write)
    {
        var output = new ArrayBufferWriter<byte>();
        write(new CanonicalJsonWriter(output));
        return output.WrittenSpan.ToArray();
    }
}
