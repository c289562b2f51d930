using CsCheck;
using DataExchange.Contracts.Problems;
using DataExchange.Policy.Consents;
using DataExchange.Policy.Decisions;
using DataExchange.Policy.Events;
using DataExchange.Policy.Model;
using DataExchange.Policy.Rules;
using static DataExchange.Policy.Tests.Decisions.DecisionGenerators;
using static DataExchange.Policy.Tests.Fixture.TestRegion;

namespace DataExchange.Policy.Tests.Decisions;

/// <summary>What no history of rules can lead to.</summary>
public class DenialProperties
{
    private const string Residence = Fixture.TestRegion.Dataset;

    /// <summary>Each takes something away; what it does is what the name says.</summary>
    private static readonly (string Name, Func<RegionSnapshot, RegionSnapshot> Add)[] Denials =
    [
        ("an agreement is suspended", rules => Add(rules, new AgreementSuspended("housing-residence", "Under review."))),
        ("the dataset may no longer be shared", rules => Add(rules, new DatasetPublished(rules.FindDataset(Residence)! with { ShareClass = ShareClass.Prohibited }))),
        ("the purpose needs less", rules => Add(rules, new PurposeRegistered(rules.FindPurpose("rental")! with { Limits = new Dictionary<string, IReadOnlyList<string>> { [Residence] = ["birthDate"] } }))),
        ("the notice has a newer revision", rules => Add(rules, new NoticePublished(rules.FindNotice("rental-consent")! with { Revision = 9 }))),
        ("a certificate is registered for the client", rules => Add(rules, new MemberAdmitted(rules.FindMember("housing")! with { Clients = [new("housing-system", new('C', 43)), new("housing-bound", new('C', 43))] }))),
        ("a restriction is laid on the person", rules => rules.Restrict(Person)),
    ];

    private static readonly Gen<(string Name, Func<RegionSnapshot, RegionSnapshot> Add)> AnyDenial = OneOf(Denials);

    [Fact]
    public void Where_nothing_is_agreed_nothing_is_permitted() => Gen.Select(Requests, Histories).Sample((request, history) =>
    {
        foreach (var rules in new[] { RegionSnapshot.Empty, Fold(history.Where(fact => fact is not (AgreementActivated or AgreementSuspended))) })
        {
            var decision = PolicyDecisionPoint.Decide(request, rules, Now);
            Assert.Equal(DecisionOutcome.Deny, decision.Outcome);
            Assert.NotNull(decision.Problem);
            Assert.Empty(decision.Permitted);
            Assert.Empty(decision.Obligations);
        }
    }, iter: 3_000);

    [Fact]
    public void A_denial_that_is_added_never_widens() => Gen.Select(Requests, Histories, AnyDenial).Sample((request, history, denial) =>
    {
        var rules = Fold(history);
        var before = Permitted(request, rules);
        Assert.Subset(before, Permitted(request, denial.Add(rules)));
    }, iter: 5_000);

    [Fact]
    public void Each_of_these_denials_denies_something()
    {
        var rules = Founded.With(Consent);
        var request = Request with { Fields = ["name", "income"], Lenient = true };
        Assert.Equal(["income", "name"], Permitted(request, rules).Order());
        Assert.All(Denials, denial => Assert.True(Permitted(request, denial.Add(rules)).Count < 2, denial.Name));
    }

    [Fact]
    public void A_consent_that_was_withdrawn_never_permits_again() =>
        Gen.Select(Requests, Histories, Gen.Int[0, 5], Steps().Array[0, 12]).Sample((request, history, chosen, steps) =>
        {
            var rules = Fold(history);
            var held = rules.ConsentsOf(Person);
            if (held.Count == 0)
            {
                return;
            }

            var consent = held[chosen % held.Count];
            rules = Execute(rules, new DecideConsent { Subject = Person, Id = consent.Id, Decision = ConsentDecision.Withdraw });
            if (rules.FindConsent(consent.Id)!.State != ConsentState.Withdrawn)
            {
                return; // It was only asked for, so there is nothing to withdraw.
            }

            foreach (var step in steps)
            {
                rules = step(rules, consent.Id);
                Assert.Equal(ConsentState.Withdrawn, rules.FindConsent(consent.Id)!.State);
                foreach (var days in new[] { 0, 1, 200 })
                {
                    Assert.DoesNotContain(PolicyDecisionPoint.Decide(request, rules, Now.AddDays(days)).Permitted, field => field.ConsentId == consent.Id);
                }
            }
        }, iter: 3_000);

    [Fact]
    public void Nothing_breaks_the_glass_before_a_prohibition() => Gen.Select(Requests, Histories).Sample((request, history) =>
    {
        var rules = Add(Fold(history), new DatasetPublished(Document.Datasets[0] with { ShareClass = ShareClass.Prohibited }));
        foreach (var dataset in new[] { Residence, "registry/informants" })
        {
            var decision = PolicyDecisionPoint.Decide(request with { Dataset = dataset, BreakGlass = "g1", Lenient = true }, rules, Now);
            Assert.Equal(DecisionOutcome.Deny, decision.Outcome);
            Assert.Empty(decision.Permitted);
            Assert.Contains(decision.Reasons, reason => (reason.Gate, reason.Code) == (3, ProblemSlugs.DatasetProhibited.Code));
        }
    }, iter: 3_000);

    /// <summary>What may happen to the rules after the withdrawal, the withdrawn consent's own commands included.</summary>
    private static Gen<Func<RegionSnapshot, string, RegionSnapshot>> Steps() => Gen.OneOf(
        OneOf(ConsentDecision.Give, ConsentDecision.Refuse, ConsentDecision.Withdraw).Select(decision =>
            (Func<RegionSnapshot, string, RegionSnapshot>)((rules, id) => Execute(rules, new DecideConsent { Subject = Person, Id = id, Decision = decision }))),
        DecisionGenerators.Consents.Select(consent =>
            (Func<RegionSnapshot, string, RegionSnapshot>)((rules, id) => rules.With(consent with { Id = consent.Id == id ? $"{id}-new" : consent.Id }))),
        OneOf("income", "health").Select(name => (Func<RegionSnapshot, string, RegionSnapshot>)((rules, _) => AskAndGive(rules, name))),
        AnyDenial.Select(denial => (Func<RegionSnapshot, string, RegionSnapshot>)((rules, _) => denial.Add(rules))),
        OneOf<GovernanceEvent>([.. History.Where(fact => fact is AgreementActivated or NoticePublished or PurposeRegistered or DatasetPublished)])
            .Select(fact => (Func<RegionSnapshot, string, RegionSnapshot>)((rules, _) => Add(rules, fact))));

    private static RegionSnapshot AskAndGive(RegionSnapshot rules, string field)
    {
        var asked = Execute(rules, new RequestConsent
        {
            Subject = Person, Recipient = "housing", Notice = "rental-consent", Language = "zh", Purpose = "rental", Dataset = Residence,
            Fields = [field], Kind = ConsentKind.Separate, ValidTo = Now.AddDays(300),
        });
        return asked.ConsentsOf(Person) is [.., var newest] ? Execute(asked, new DecideConsent { Subject = Person, Id = newest.Id, Decision = ConsentDecision.Give }) : asked;
    }

    private static RegionSnapshot Execute(RegionSnapshot rules, ConsentCommand command) =>
        command.Handle(rules, Now).Event is { } accepted ? Add(rules, accepted) : rules;

    private static RegionSnapshot Add(RegionSnapshot rules, GovernanceEvent @event) => rules.Apply(@event, rules.GovernanceSize, Now);
}
