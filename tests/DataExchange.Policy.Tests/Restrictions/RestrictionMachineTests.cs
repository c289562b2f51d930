using DataExchange.Contracts.Log;
using DataExchange.Policy.Commands;
using DataExchange.Policy.Events;
using DataExchange.Policy.Model;
using DataExchange.Policy.Personal;
using DataExchange.Policy.Restrictions;
using DataExchange.Policy.Rules;
using static DataExchange.Policy.Tests.Fixture.MachineCheck;
using static DataExchange.Policy.Tests.Fixture.TestRegion;
using Object = DataExchange.Policy.Restrictions.Object;

namespace DataExchange.Policy.Tests.Restrictions;

public class RestrictionMachineTests
{
    private static readonly Party Steward = Official("data-bureau", Roles.Steward, "steward");

    private static readonly RequestHold Asked = new()
    {
        Subject = Person,
        By = Steward,
        Reason = HoldReason.PoliceRequest,
        Reference = "2026-114",
        ExemptPurposes = ["welfare"],
        ValidTo = Now.AddDays(30),
    };

    [Fact]
    public void Every_state_of_a_hold_takes_the_steps_of_the_table_and_no_other() => Holds("Protective holds", ArrangeHold, StateAfter);

    [Fact]
    public void Every_state_of_an_objection_takes_the_steps_of_the_table_and_no_other() => Holds("Objections", ArrangeObjection, StateAfter);

    [Fact]
    public void Whoever_asked_for_a_hold_is_not_the_one_who_confirms_it()
    {
        var rules = Founded.Apply(new PersonalChanged(LeafKinds.RestrictionRequested, Made(RestrictionKind.Hold, RestrictionState.Requested)), Founded.GovernanceSize);
        var both = Steward with { Roles = [Roles.Steward, Roles.Reviewer] };
        Assert.Equal("actor-not-authorised", new ConfirmHold { Id = "r1", Subject = Person, By = both }.Handle(rules, Now).Problem?.Code);
    }

    [Theory]
    [InlineData("reason")]
    [InlineData("purpose")]
    [InlineData("purpose-twice")]
    [InlineData("past")]
    [InlineData("too-long")]
    [InlineData("reference")]
    public void What_makes_no_sense_is_refused(string fault)
    {
        Assert.NotNull(Asked.Handle(Founded, Now).Event);
        var request = fault switch
        {
            "reason" => Asked with { Reason = HoldReason.None },
            "purpose" => Asked with { ExemptPurposes = ["*"] },
            "purpose-twice" => Asked with { ExemptPurposes = ["rental", "rental"] },
            "past" => Asked with { ValidTo = Now },
            "too-long" => Asked with { ValidTo = Now.AddDays(180).AddTicks(1) },
            _ => Asked with { Reference = new string('x', 101) },
        };
        Assert.Equal("request-malformed", request.Handle(Founded, Now).Problem?.Code);
        Assert.Equal("request-malformed", new Object { Subject = Person, By = Citizen(Person), Purposes = [] }.Handle(Founded, Now).Problem?.Code);
    }

    [Fact]
    public void A_steward_of_another_department_cannot_hide_anybody() =>
        Assert.Equal("actor-not-authorised", (Asked with { By = Official("housing", Roles.Steward) }).Handle(Founded, Now).Problem?.Code);

    [Fact]
    public void A_record_survives_being_written()
    {
        var changed = new PersonalChanged(LeafKinds.RestrictionImposed, Made(RestrictionKind.Hold, RestrictionState.InForce));
        Assert.Equivalent(changed, GovernanceRecords.Read(changed.Kind, GovernanceRecords.Write(changed), Person), strict: true);
    }

    private static (GovernanceCommand Command, RegionSnapshot Rules) ArrangeHold(string state, string command, string party)
    {
        var by = party switch
        {
            "steward" => Official("data-bureau", Roles.Steward, "other"),
            "reviewer" => Official(null, Roles.Reviewer, "reviewer"),
            _ => Official("housing", Roles.Steward),
        };
        RestrictionCommand given = command switch
        {
            "request" => Asked with { By = by },
            "confirm" => new ConfirmHold { Id = "r1", Subject = Person, By = by },
            "refuse" => new RefuseHold { Id = "r1", Subject = Person, By = by },
            "extend" => new ExtendHold { Id = "r1", Subject = Person, By = by, ValidTo = Now.AddDays(90) },
            _ => new LiftRestriction { Id = "r1", Subject = Person, By = by },
        };
        return (given, Rules(RestrictionKind.Hold, state));
    }

    private static (GovernanceCommand Command, RegionSnapshot Rules) ArrangeObjection(string state, string command, string party)
    {
        var by = party == "person" ? Citizen(Person) : Citizen(Stranger);
        return (command == "object" ? new Object { Subject = Person, By = by, Purposes = ["rental"] } : new LiftRestriction { Id = "r1", Subject = Person, By = by }, Rules(RestrictionKind.Objection, state));
    }

    private static RegionSnapshot Rules(RestrictionKind kind, string state) => state == None
        ? Founded
        : Founded.Apply(new PersonalChanged(LeafKinds.RestrictionImposed, Made(kind, Enum.Parse<RestrictionState>(state))), Founded.GovernanceSize);

    private static RestrictionRecord Made(RestrictionKind kind, RestrictionState state) => new()
    {
        Id = "r1",
        Subject = Person,
        Kind = kind,
        State = state == RestrictionState.Expired ? RestrictionState.InForce : state,
        Reason = kind == RestrictionKind.Hold ? HoldReason.CourtOrder : HoldReason.None,
        Purposes = ["rental"],
        ValidTo = kind == RestrictionKind.Objection ? null : state == RestrictionState.Expired ? Now : Now.AddDays(1),
        RequestedBy = kind == RestrictionKind.Hold ? "steward" : null,
    };

    private static string StateAfter(GovernanceEvent @event) => ((RestrictionRecord)((PersonalChanged)@event).Record).State.ToString();
}
