using System.Security.Cryptography;
using DataExchange.Policy.Disputes;
using DataExchange.Policy.Events;
using DataExchange.Policy.Model;
using DataExchange.Policy.Personal;
using DataExchange.Policy.Rules;
using DataExchange.Policy.Tests.Fixture;
using static DataExchange.Policy.Tests.Fixture.MachineCheck;
using static DataExchange.Policy.Tests.Fixture.TestRegion;

namespace DataExchange.Policy.Tests.Disputes;

public class DisputeMachineTests
{
    private static readonly string Document = Convert.ToBase64String(SHA256.HashData("the minutes"u8));

    private static readonly OpenDispute Asked = new()
    {
        By = Official("housing", Roles.Steward),
        Respondent = "registry",
        Matter = DisputeMatter.Agreement,
        Reference = "housing-residence",
        Ground = DisputeGround.Late,
    };

    [Fact]
    public void Every_state_takes_the_steps_of_the_table_and_no_other() => Holds(
        "Disputes",
        (state, command, party) =>
        {
            var by = party switch
            {
                "claimant" => Asked.By,
                "respondent" => Official("registry", Roles.Steward),
                "authority" => Official("data-bureau", Roles.Steward),
                _ => Official("housing", Roles.DeskClerk),
            };
            if (command == "open" && party is "respondent" or "authority")
            {
                by = by with { Roles = [Roles.Operator] }; // Any steward opens a dispute, and is its claimant then.
            }

            DisputeCommand given = command switch
            {
                "open" => Asked with { By = by },
                "mediate" => new MediateDispute { Id = IdOf(), By = by },
                "refer" => new ReferDispute { Id = IdOf(), By = by },
                "settle" => new SettleDispute { Id = IdOf(), By = by, Document = Document },
                "withdraw" => new WithdrawDispute { Id = IdOf(), By = by },
                _ => new DecideDispute { Id = IdOf(), By = by, Result = DisputeResult.InPart, Document = Document },
            };
            return (given, In(state));
        },
        @event => (@event is DisputeOpened ? Founded : In("Consultation")).Apply(@event, Founded.GovernanceSize + 1).Disputes.Find(IdOf())!.State.ToString());

    [Fact]
    public void A_rung_has_a_clock_and_an_end_has_none()
    {
        var rules = Founded.Apply(Opened(), Founded.GovernanceSize, Now);
        var dispute = rules.Disputes.Find(IdOf())!;
        Assert.Equal(Dispute.Clock.DeadlineFrom(Now, PersonalClocks.CalendarOf(rules)), dispute.Due(PersonalClocks.CalendarOf(rules)));

        var later = rules.Apply(new DisputeTaken(IdOf(), DisputeState.Mediation, "registry"), rules.GovernanceSize, Now.AddDays(9)).Disputes.Find(IdOf())!;
        Assert.Equal(Now.AddDays(9), later.Since);
        Assert.Null((later with { State = DisputeState.Settled }).Due(PersonalClocks.CalendarOf(rules)));
    }

    [Theory]
    [InlineData("self")]
    [InlineData("respondent")]
    [InlineData("ground")]
    [InlineData("matter")]
    [InlineData("agreement")]
    [InlineData("others-agreement")]
    [InlineData("dataset")]
    [InlineData("correction")]
    public void It_is_about_something_that_the_two_have_to_do_with(string fault)
    {
        Assert.NotNull(Asked.Handle(Founded, Now).Event);
        Assert.NotNull((Asked with { Matter = DisputeMatter.Dataset, Reference = TestRegion.Dataset }).Handle(Founded, Now).Event);
        var open = fault switch
        {
            "self" => Asked with { Respondent = "housing" },
            "respondent" => Asked with { Respondent = "nobody" },
            "ground" => Asked with { Ground = DisputeGround.None },
            "matter" => Asked with { Matter = DisputeMatter.None },
            "agreement" => Asked with { Reference = "nothing" },
            "others-agreement" => Asked with { Reference = "centre-residence" },
            "dataset" => Asked with { Respondent = "centre", Matter = DisputeMatter.Dataset, Reference = TestRegion.Dataset },
            _ => Asked with { Matter = DisputeMatter.Correction, Reference = "k1" },
        };
        Assert.Equal("request-malformed", open.Handle(Founded, Now).Problem?.Code);
    }

    [Fact]
    public void What_was_written_is_named_by_its_digest_and_nothing_else()
    {
        Assert.Equal("request-malformed", new SettleDispute { Id = IdOf(), By = Asked.By, Document = "Mr Zhang was right." }.Handle(In("Consultation"), Now).Problem?.Code);
        var authority = Official("data-bureau", Roles.Steward);
        Assert.Equal("request-malformed", new DecideDispute { Id = IdOf(), By = authority, Result = DisputeResult.None, Document = Document }.Handle(In("Decision"), Now).Problem?.Code);
    }

    [Fact]
    public void Events_survive_being_written()
    {
        GovernanceEvent[] events =
        [
            Opened(), new DisputeTaken("d", DisputeState.Decision, "registry"), new DisputeSettled("d", Document), new DisputeWithdrawn("d"),
            new DisputeDecided("d", DisputeResult.ForRespondent, Document),
        ];
        Assert.All(events, @event => Assert.Equal(@event, GovernanceRecords.Read(@event.Kind, GovernanceRecords.Write(@event))));
    }

    private static GovernanceEvent Opened() => Asked.Handle(Founded, Now).Event!;

    private static string IdOf() => Opened().Thing!;

    private static RegionSnapshot In(string state)
    {
        GovernanceEvent[] events = state switch
        {
            None => [],
            "Consultation" => [Opened()],
            "Mediation" => [Opened(), new DisputeTaken(IdOf(), DisputeState.Mediation, "housing")],
            "Decision" => [Opened(), new DisputeTaken(IdOf(), DisputeState.Decision, "housing")],
            "Settled" => [Opened(), new DisputeSettled(IdOf(), Document)],
            "Decided" => [Opened(), new DisputeDecided(IdOf(), DisputeResult.InPart, Document)],
            _ => [Opened(), new DisputeWithdrawn(IdOf())],
        };
        return events.Aggregate(Founded, (rules, @event) => rules.Apply(@event, rules.GovernanceSize, Now));
    }
}
