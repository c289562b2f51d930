using System.Security.Cryptography;
using DataExchange.Contracts.Log;
using DataExchange.Policy.Consents;
using DataExchange.Policy.Events;
using DataExchange.Policy.Personal;
using DataExchange.Policy.Tests.Fixture;
using static DataExchange.Policy.Tests.Fixture.TestRegion;

namespace DataExchange.Policy.Tests.Consents;

public class ConsentMachineTests
{
    private static readonly string Evidence = Convert.ToBase64String(SHA256.HashData("the signed form"u8));

    private static readonly RequestConsent Asked = new()
    {
        By = HousingSystem,
        Subject = Person,
        Recipient = "housing",
        Notice = "rental-consent",
        Language = "zh",
        Purpose = "rental",
        Dataset = Dataset,
        Fields = ["income", "married"],
        Kind = ConsentKind.General,
        ValidTo = Now.AddDays(30),
    };

    /// <summary>Every state with every decision: where it leads, or null for a conflict.</summary>
    public static TheoryData<ConsentState, ConsentDecision, string?> Transitions
    {
        get
        {
            var data = new TheoryData<ConsentState, ConsentDecision, string?>();
            foreach (var state in Enum.GetValues<ConsentState>())
            {
                foreach (var decision in Enum.GetValues<ConsentDecision>())
                {
                    data.Add(state, decision, (state, decision) switch
                    {
                        (ConsentState.Requested, ConsentDecision.Give) => LeafKinds.ConsentGiven,
                        (ConsentState.Requested or ConsentState.RequestExpired, ConsentDecision.Refuse) => LeafKinds.ConsentRefused,
                        (ConsentState.Given or ConsentState.Renewed or ConsentState.Invalidated or ConsentState.Exhausted, ConsentDecision.Withdraw) => LeafKinds.ConsentWithdrawn,
                        (ConsentState.Given or ConsentState.Renewed, ConsentDecision.Renew) => LeafKinds.ConsentRenewed,
                        _ => null,
                    });
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Transitions))]
    public void Each_state_allows_these_steps_and_no_other(ConsentState state, ConsentDecision decision, string? kind)
    {
        var outcome = ConsentMachine.Handle(
            Decides(decision) with { ValidTo = decision == ConsentDecision.Renew ? Now.AddDays(90) : null }, Founded.With(Consent with { State = state }), Now);
        Assert.Equal(kind, outcome.Event?.Kind);
        Assert.Equal(kind is null ? "state-conflict" : null, outcome.Problem?.Code);
    }

    [Fact]
    public void A_request_records_what_will_be_shown_to_whom_and_for_what()
    {
        var consent = Accepted(Asked).Consent;
        Assert.Equal(
            (ConsentState.Requested, "housing", "rental-consent", 3, Document.Notices[0].HashOf("zh"), "zh", Now.AddDays(30), (DateTimeOffset?)null),
            (consent.State, consent.Recipient, consent.Notice, consent.NoticeRevision, consent.NoticeHash, consent.Language, consent.ValidTo, consent.ValidFrom));
        Assert.Equal(["income", "married"], consent.Fields);
        Assert.Equal(32, consent.Id.Length);
        Assert.Equal(consent.Id, Accepted(Asked).Consent.Id);
        Assert.NotEqual(consent.Id, Accepted(Asked with { Subject = Stranger }).Consent.Id);
    }

    [Fact]
    public void A_request_that_could_never_be_given_is_refused()
    {
        Refuses("not-found", Asked with { Notice = "none" });
        Refuses("request-malformed", Asked with { Language = "fr" });
        Refuses("request-malformed", Asked with { Recipient = "centre", By = HousingSystem with { Member = "centre" } });
        Refuses("actor-not-authorised", Asked with { Recipient = "centre" });
        Refuses("request-malformed", Asked with { MaxUses = 0 });
        Refuses("request-malformed", Asked with { MaxUses = 101 });
        Refuses("request-malformed", Asked with { Period = ConsentPeriod.Month });
        Refuses("request-malformed", Asked with { Purpose = "welfare" });
        Refuses("request-malformed", Asked with { Dataset = "registry/informants" });
        Refuses("request-malformed", Asked with { Kind = ConsentKind.None });
        Refuses("request-malformed", Asked with { ValidTo = Now });
        Refuses("fields-required", Asked with { Fields = [] });
        Refuses("unknown-field", Asked with { Fields = ["name"] });
        Refuses("unknown-field", Asked with { Fields = ["income", "income"] });
    }

    [Fact]
    public void Giving_begins_the_term_and_withdrawing_ends_it()
    {
        var rules = Founded.With(Consent with { State = ConsentState.Requested, ValidFrom = null, ExpressedBy = ExpressedBy.None });
        var given = ConsentMachine.Handle(Decides(ConsentDecision.Give), rules, Now).Event!;
        Assert.Equal((ConsentState.Given, Now, ExpressedBy.Self), (given.Consent.State, given.Consent.ValidFrom, given.Consent.ExpressedBy));

        rules = rules.Apply(given, rules.GovernanceSize);
        var withdrawn = ConsentMachine.Handle(Decides(ConsentDecision.Withdraw), rules, Now).Event!;
        Assert.Equal(given.Consent with { State = ConsentState.Withdrawn, LogIndex = rules.GovernanceSize - 1 }, withdrawn.Consent);
    }

    [Fact]
    public void What_has_expired_can_be_withdrawn_but_not_given()
    {
        var late = Now.AddDays(2);
        Assert.Equal("state-conflict", ConsentMachine.Handle(Decides(ConsentDecision.Give), Founded.With(Consent with { State = ConsentState.Requested }), late).Problem?.Code);
        Assert.NotNull(ConsentMachine.Handle(Decides(ConsentDecision.Withdraw), Founded.With(Consent), late).Event);
    }

    [Fact]
    public void What_was_asked_under_an_older_notice_cannot_be_given()
    {
        var rules = Founded.With(Consent with { State = ConsentState.Requested });
        rules = rules.Apply(new NoticePublished(Document.Notices[0] with { Revision = 4 }), rules.GovernanceSize);
        Assert.Equal("state-conflict", ConsentMachine.Handle(Decides(ConsentDecision.Give), rules, Now).Problem?.Code);
        Assert.NotNull(ConsentMachine.Handle(Decides(ConsentDecision.Refuse), rules, Now).Event);
    }

    [Fact]
    public void Somebody_elses_consent_is_not_there()
    {
        var rules = Founded.With(Consent);
        foreach (var decision in Enum.GetValues<ConsentDecision>())
        {
            Assert.Equal(
                ConsentMachine.Handle(Decides(decision) with { Id = "none" }, rules, Now),
                ConsentMachine.Handle(Decides(decision) with { Subject = Stranger }, rules, Now));
        }
    }

    [Fact]
    public void A_clerk_assists_only_with_evidence()
    {
        var rules = Founded.With(Consent with { State = ConsentState.Requested });
        foreach (var evidence in new[] { null, "", "not a hash", Convert.ToBase64String(new byte[31]), Convert.ToBase64String(new byte[33]), " " + Evidence[1..] })
        {
            var outcome = ConsentMachine.Handle(Decides(ConsentDecision.Give) with { By = HousingClerk, EvidenceHash = evidence }, rules, Now);
            Assert.Equal("request-malformed", outcome.Problem?.Code);
        }

        var given = ConsentMachine.Handle(Decides(ConsentDecision.Give) with { By = HousingClerk, EvidenceHash = Evidence }, rules, Now).Event!;
        Assert.Equal(("clerk", Evidence), (given.Consent.AssistedBy, given.Consent.EvidenceHash));
    }

    [Fact]
    public void An_event_comes_back_from_its_record_as_it_was()
    {
        var asked = Accepted(Asked);
        var read = Assert.IsType<PersonalChanged>(GovernanceRecords.Read(asked.Kind, GovernanceRecords.Write(asked), Person));
        Assert.Equivalent(asked, read, strict: true);
        Assert.Equivalent(asked.Consent, PersonalRegisters.Of(LeafKinds.ConsentGiven).ReadRow(PersonalRegisters.Of(LeafKinds.ConsentGiven).WriteRow(asked.Consent), 0, new SharedTexts()), strict: true);
        Assert.Throws<FormatException>(() => GovernanceRecords.Read(asked.Kind, "{}"u8));
        Assert.Throws<FormatException>(() => GovernanceRecords.Read("consent.forgotten", GovernanceRecords.Write(asked)));
    }

    [Fact]
    public void The_record_that_a_recipient_may_open_does_not_hold_the_token()
    {
        var record = GovernanceRecords.Write(Accepted(Asked));
        Assert.DoesNotContain(Person.Value, System.Text.Encoding.UTF8.GetString(record), StringComparison.Ordinal);
        Assert.Throws<System.Text.Json.JsonException>(() => PersonalRegisters.Of(LeafKinds.ConsentGiven).ReadRow(record, 0, new SharedTexts()));
    }

    private static DecideConsent Decides(ConsentDecision decision) => new() { By = Self, Subject = Person, Id = Consent.Id, Decision = decision };

    private static PersonalChanged Accepted(RequestConsent request) => ConsentMachine.Handle(request, Founded, Now).Event as PersonalChanged ?? throw new InvalidOperationException("It was refused.");

    private static void Refuses(string code, RequestConsent request)
    {
        var outcome = ConsentMachine.Handle(request, Founded, Now);
        Assert.Null(outcome.Event);
        Assert.Equal(code, outcome.Problem?.Code);
    }
}
