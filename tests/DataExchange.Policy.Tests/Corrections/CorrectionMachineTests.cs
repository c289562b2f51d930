using DataExchange.Contracts.Log;
using DataExchange.Policy.Commands;
using DataExchange.Policy.Corrections;
using DataExchange.Policy.Events;
using DataExchange.Policy.Model;
using DataExchange.Policy.Personal;
using DataExchange.Policy.Rules;
using DataExchange.Policy.Tests.Fixture;
using static DataExchange.Policy.Tests.Fixture.MachineCheck;
using static DataExchange.Policy.Tests.Fixture.TestRegion;

namespace DataExchange.Policy.Tests.Corrections;

public class CorrectionMachineTests
{
    private static readonly Party Consumer = Official("housing", Roles.DepartmentSystem);

    private static readonly ReportError Asked = new()
    {
        Subject = Person,
        By = Consumer,
        Dataset = TestRegion.Dataset,
        Field = "birthDate",
        Reason = CorrectionReason.Wrong,
        Explanation = "The deed says otherwise.",
        Decision = 7,
    };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Every_state_takes_the_steps_of_the_table_and_no_other(bool byPerson) => Holds(
        "Corrections",
        (state, command, party) =>
        {
            var by = party switch
            {
                "reporter" => byPerson ? Citizen(Person) : Consumer,
                "owner" => Official("registry", Roles.Steward),
                _ => command == "report" ? Official("housing", Roles.Steward) : Citizen(Stranger),
            };
            CorrectionCommand given = command switch
            {
                "report" => Asked with { By = by },
                "verify" => new VerifyCorrection { Id = "k1", Subject = Person, By = by },
                "forward" => new ForwardCorrection { Id = "k1", Subject = Person, By = by, To = "housing" },
                "correct" => new CorrectField { Id = "k1", Subject = Person, By = by },
                "reject" => new RejectCorrection { Id = "k1", Subject = Person, By = by, Answer = "It is right." },
                _ => new WithdrawCorrection { Id = "k1", Subject = Person, By = by },
            };
            return (given, state == None ? Founded : With(Made(Enum.Parse<CorrectionState>(state)) with { ReportedBy = byPerson ? null : "housing" }));
        },
        @event => Correction(@event).State.ToString());

    [Fact]
    public void The_person_sees_a_department_s_report_and_takes_no_step()
    {
        var correction = Made(CorrectionState.Reported);
        Assert.Equal(["person"], CorrectionParts.Of(correction, Citizen(Person)));
        Assert.Equal("actor-not-authorised", new WithdrawCorrection { Id = "k1", Subject = Person, By = Citizen(Person) }.Handle(With(correction), Now).Problem?.Code);
        Assert.Empty(CorrectionParts.Of(correction, Official("centre", Roles.DeskClerk)));
        Assert.Empty(CorrectionParts.Of(correction, Official("registry", Roles.DeskClerk)));
    }

    [Fact]
    public void It_is_forwarded_once_and_the_new_owner_has_the_whole_clock()
    {
        var later = Now.AddDays(3);
        var forward = new ForwardCorrection { Id = "k1", Subject = Person, By = Official("registry", Roles.Steward), To = "centre" };
        var forwarded = Correction(forward.Handle(With(Made(CorrectionState.Verifying) with { EscalatedAt = Now }), later).Event!);
        Assert.Equal(("centre", "registry", later, null, CorrectionState.Reported), (forwarded.Owner, forwarded.ForwardedBy, forwarded.Started, forwarded.EscalatedAt, forwarded.State));

        var again = (forward with { By = Official("centre", Roles.Steward), To = "registry" }).Handle(With(forwarded), later);
        Assert.Equal("state-conflict", again.Problem?.Code);
        Assert.Equal(["correct", "reject"], again.Next!);
        Assert.Equal("request-malformed", (forward with { To = "registry" }).Handle(With(Made(CorrectionState.Reported)), later).Problem?.Code);
        Assert.Equal("request-malformed", (forward with { To = "nobody" }).Handle(With(Made(CorrectionState.Reported)), later).Problem?.Code);
    }

    [Fact]
    public void A_clock_of_ten_working_days_that_was_missed_is_entered_once()
    {
        // Monday, 1 June 2026: the tenth working day after it is the 15th; the 19th is the Dragon Boat festival and does not matter yet.
        var rules = With(Made(CorrectionState.Reported));
        var due = rules.Corrections.Find("k1")!.Due(PersonalClocks.CalendarOf(rules)).At;
        Assert.Equal(new DateTimeOffset(2026, 6, 16, 0, 0, 0, TimeSpan.FromHours(8)), due);

        Assert.Empty(PersonalClocks.Missed(rules, due.AddTicks(-1)));
        var missed = Assert.Single(PersonalClocks.Missed(rules, due));
        Assert.Equal("state-conflict", missed.Handle(rules, due.AddTicks(-1)).Problem?.Code);
        var escalated = rules.Apply(missed.Handle(rules, due).Event!, rules.GovernanceSize);
        Assert.Equal(due, escalated.Corrections.Find("k1")!.EscalatedAt);
        Assert.Equal(CorrectionState.Reported, escalated.Corrections.Find("k1")!.State);
        Assert.Empty(PersonalClocks.Missed(escalated, due.AddDays(9)));
        Assert.Equal("state-conflict", missed.Handle(escalated, due.AddDays(9)).Problem?.Code);
        Assert.Empty(PersonalClocks.Missed(With(Made(CorrectionState.Rejected)), due));
    }

    [Fact]
    public void Nobody_but_the_gateway_enters_a_missed_clock_before_its_time() =>
        Assert.Equal("state-conflict", new EscalateCorrection { Id = "k1", Subject = Person, By = Consumer }.Handle(With(Made(CorrectionState.Reported)), Now).Problem?.Code);

    [Theory]
    [InlineData("field", "unknown-field")]
    [InlineData("dataset", "not-found")]
    [InlineData("reason", "request-malformed")]
    [InlineData("explanation", "request-malformed")]
    [InlineData("decision", "request-malformed")]
    [InlineData("twice", "state-conflict")]
    public void What_makes_no_sense_is_refused(string fault, string code)
    {
        Assert.NotNull(Asked.Handle(Founded, Now).Event);
        var report = fault switch
        {
            "field" => Asked with { Field = "shoeSize" },
            "dataset" => Asked with { Dataset = "registry/nothing" },
            "reason" => Asked with { Reason = CorrectionReason.None },
            "explanation" => Asked with { Explanation = " " },
            "decision" => Asked with { Decision = -1 },
            _ => Asked,
        };
        Assert.Equal(code, report.Handle(fault == "twice" ? With(Made(CorrectionState.Reported)) : Founded, Now).Problem?.Code);
        Assert.Equal("request-malformed", new RejectCorrection { Id = "k1", Subject = Person, By = Official("registry", Roles.Steward), Answer = "" }.Handle(With(Made(CorrectionState.Reported)), Now).Problem?.Code);
    }

    [Fact]
    public void A_record_survives_being_written()
    {
        var changed = new PersonalChanged(LeafKinds.CorrectionRejected, Made(CorrectionState.Rejected) with { Answer = "Right." });
        Assert.Equivalent(changed, GovernanceRecords.Read(changed.Kind, GovernanceRecords.Write(changed), Person), strict: true);
    }

    private static CorrectionRecord Made(CorrectionState state) => new()
    {
        Id = "k1",
        Subject = Person,
        Dataset = TestRegion.Dataset,
        Field = "birthDate",
        Reason = CorrectionReason.Wrong,
        Explanation = "The deed says otherwise.",
        Decision = 7,
        ReportedBy = "housing",
        Owner = "registry",
        Started = Now,
        State = state,
    };

    private static RegionSnapshot With(CorrectionRecord correction) => Founded.Apply(new PersonalChanged(LeafKinds.CorrectionReported, correction), Founded.GovernanceSize);

    private static CorrectionRecord Correction(GovernanceEvent @event) => (CorrectionRecord)((PersonalChanged)@event).Record;
}
