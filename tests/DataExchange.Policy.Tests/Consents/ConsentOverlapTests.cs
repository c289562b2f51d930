using DataExchange.Contracts.Log;
using DataExchange.Policy.Commands;
using DataExchange.Policy.Consents;
using DataExchange.Policy.Decisions;
using DataExchange.Policy.Events;
using DataExchange.Policy.Tests.Fixture;
using static DataExchange.Policy.Tests.Fixture.TestRegion;

namespace DataExchange.Policy.Tests.Consents;

/// <summary>One use of a field rests on one consent, so that withdrawing it ends the use.</summary>
public class ConsentOverlapTests
{
    private static readonly RequestConsent Asked = new()
    {
        By = HousingSystem,
        Subject = Person,
        Recipient = "housing",
        Notice = "rental-consent",
        Language = "zh",
        Purpose = "rental",
        Dataset = Dataset,
        Fields = ["income", "health"],
        Kind = ConsentKind.Separate,
        ValidTo = Now.AddDays(30),
    };

    private static readonly ConsentRecord Other = Consent with { Id = "c2", Fields = ["income", "health"], State = ConsentState.Requested, ValidFrom = null };

    public static TheoryData<ConsentState> States => [.. Enum.GetValues<ConsentState>()];

    [Theory]
    [MemberData(nameof(States))]
    public void A_request_meets_what_is_pending_or_valid_and_nothing_else(ConsentState state)
    {
        var outcome = ConsentMachine.Handle(Asked, Founded.With(Consent with { State = state }), Now);
        if (state is ConsentState.Requested or ConsentState.Given or ConsentState.Renewed)
        {
            AssertConflict(outcome, Consent.Id);
        }
        else
        {
            Assert.Equal(LeafKinds.ConsentRequested, outcome.Event?.Kind);
        }
    }

    [Theory]
    [MemberData(nameof(States))]
    public void Giving_meets_what_is_valid_and_nothing_else(ConsentState state)
    {
        var outcome = ConsentMachine.Handle(Gives(Other.Id), Founded.With(Consent with { State = state }, Other), Now);
        if (state is ConsentState.Given or ConsentState.Renewed)
        {
            AssertConflict(outcome, Consent.Id);
        }
        else
        {
            Assert.Equal(LeafKinds.ConsentGiven, outcome.Event?.Kind);
        }
    }

    [Fact]
    public void One_shared_field_is_enough_and_kind_language_and_term_make_no_difference()
    {
        var rules = Founded.With(Consent);
        foreach (var request in new[]
        {
            Asked with { Fields = ["income"] },
            Asked with { Fields = ["health", "married"] },
            Asked with { Kind = ConsentKind.Written },
            Asked with { Language = "en" },
            Asked with { ValidTo = Now.AddYears(5) },
        })
        {
            AssertConflict(ConsentMachine.Handle(request, rules, Now), Consent.Id);
        }
    }

    [Fact]
    public void Another_use_is_not_met()
    {
        Assert.NotNull(ConsentMachine.Handle(Asked with { Fields = ["health"] }, Founded.With(Consent), Now).Event);
        foreach (var other in new[]
        {
            Consent with { Subject = Stranger },
            Consent with { Recipient = "centre" },
            Consent with { Purpose = "welfare" },
            Consent with { Dataset = "registry/informants" },
        })
        {
            Assert.NotNull(ConsentMachine.Handle(Asked, Founded.With(other), Now).Event);
            Assert.NotNull(ConsentMachine.Handle(Gives(Other.Id), Founded.With(other, Other), Now).Event);
        }
    }

    [Fact]
    public void What_time_or_a_newer_notice_has_ended_is_not_met()
    {
        Assert.NotNull(ConsentMachine.Handle(Asked, Founded.With(Consent with { ValidTo = Now }), Now).Event);
        AssertConflict(ConsentMachine.Handle(Asked, Founded.With(Consent with { ValidTo = Now.AddMilliseconds(1) }), Now), Consent.Id);

        var rules = Founded.With(Consent);
        rules = rules.Apply(new NoticePublished(Document.Notices[0] with { Revision = 4 }), rules.GovernanceSize);
        Assert.NotNull(ConsentMachine.Handle(Asked, rules, Now).Event);
    }

    [Fact]
    public void Another_notice_about_the_same_use_is_met()
    {
        var notice = Document.Notices[0] with { Code = "rental-consent-2", Revision = 1 };
        var rules = Founded.With(Consent);
        rules = rules.Apply(new NoticePublished(notice), rules.GovernanceSize);
        AssertConflict(ConsentMachine.Handle(Asked with { Notice = notice.Code }, rules, Now), Consent.Id);
    }

    [Fact]
    public void Of_a_pair_from_before_the_rule_each_can_be_refused_or_withdrawn()
    {
        var rules = Founded.With(Consent, Other with { State = ConsentState.Given, ValidFrom = Now.AddDays(-1) });
        Assert.NotNull(ConsentMachine.Handle(Decides(Consent.Id, ConsentDecision.Withdraw), rules, Now).Event);
        Assert.NotNull(ConsentMachine.Handle(Decides(Other.Id, ConsentDecision.Withdraw), rules, Now).Event);
        Assert.NotNull(ConsentMachine.Handle(Decides(Other.Id, ConsentDecision.Refuse), Founded.With(Consent, Other), Now).Event);
    }

    [Fact]
    public void Whatever_is_asked_and_given_one_withdrawal_ends_the_use()
    {
        var rules = Founded;
        foreach (var fields in new string[][] { ["income"], ["income", "married"], ["married"], ["married", "income"], ["income"] })
        {
            if (ConsentMachine.Handle(Asked with { Fields = fields, Kind = ConsentKind.General }, rules, Now).Event is { } asked)
            {
                rules = rules.Apply(asked, rules.GovernanceSize);
                rules = rules.Apply(ConsentMachine.Handle(Gives(asked.Consent.Id), rules, Now).Event!, rules.GovernanceSize);
            }
        }

        foreach (var field in new[] { "income", "married" })
        {
            var request = Request with { Fields = [field] };
            var permitted = PolicyDecisionPoint.Decide(request, rules, Now);
            Assert.Equal(DecisionOutcome.Permit, permitted.Outcome);
            var covering = Assert.Single(rules.ConsentsOf(Person), consent => consent.State == ConsentState.Given && consent.Fields.Contains(field));
            var withdrawn = ConsentMachine.Handle(Decides(covering.Id, ConsentDecision.Withdraw), rules, Now).Event!;
            Assert.Equal(DecisionOutcome.Deny, PolicyDecisionPoint.Decide(request, rules.Apply(withdrawn, rules.GovernanceSize), Now).Outcome);
        }
    }

    private static DecideConsent Gives(string id) => Decides(id, ConsentDecision.Give);

    private static DecideConsent Decides(string id, ConsentDecision decision) => new() { By = Self, Subject = Person, Id = id, Decision = decision };

    private static void AssertConflict(CommandOutcome outcome, string id)
    {
        Assert.Null(outcome.Event);
        Assert.Equal("state-conflict", outcome.Problem?.Code);
        Assert.Contains(id, outcome.Detail, StringComparison.Ordinal);
    }
}
