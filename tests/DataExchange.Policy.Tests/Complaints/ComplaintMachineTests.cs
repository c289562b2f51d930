using DataExchange.Contracts.Log;
using DataExchange.Policy.Commands;
using DataExchange.Policy.Complaints;
using DataExchange.Policy.Events;
using DataExchange.Policy.Model;
using DataExchange.Policy.Personal;
using DataExchange.Policy.Rules;
using static DataExchange.Policy.Tests.Fixture.MachineCheck;
using static DataExchange.Policy.Tests.Fixture.TestRegion;

namespace DataExchange.Policy.Tests.Complaints;

public class ComplaintMachineTests
{
    private static readonly Party Reviewer = Official(null, Roles.Reviewer, "reviewer");

    private static readonly Complain Asked = new()
    {
        Subject = Person,
        By = Citizen(Person),
        Member = "housing",
        Ground = ComplaintGround.UnjustifiedAccess,
        Explanation = "I never applied there.",
        Reference = "42",
    };

    [Fact]
    public void Every_state_takes_the_steps_of_the_table_and_no_other() => Holds(
        "Complaints",
        (state, command, party) =>
        {
            var by = party switch
            {
                "person" => Citizen(Person),
                "reviewer" => Reviewer,
                _ => command == "assign" ? Official("housing", Roles.Steward) : Citizen(Stranger),
            };
            ComplaintCommand given = command switch
            {
                "complain" => Asked with { By = by },
                "assign" => new AssignComplaint { Id = "p1", Subject = Person, By = by },
                "answer" => Answer(ComplaintState.Answered, by),
                "uphold" => Answer(ComplaintState.Upheld, by),
                "reject" => Answer(ComplaintState.Rejected, by),
                _ => new WithdrawComplaint { Id = "p1", Subject = Person, By = by },
            };
            return (given, state == None ? Founded : With(Made(Enum.Parse<ComplaintState>(state))));
        },
        @event => Complaint(@event).State.ToString());

    [Fact]
    public void It_is_for_the_region_s_reviewers_and_those_of_the_department_and_nobody_else_there()
    {
        Assert.Equal(["reviewer"], ComplaintParts.Of(Made(ComplaintState.Received), Official("housing", Roles.Reviewer)));
        Assert.Empty(ComplaintParts.Of(Made(ComplaintState.Received), Official("centre", Roles.Reviewer)));
        Assert.Empty(ComplaintParts.Of(Made(ComplaintState.Received), Official("housing", Roles.Steward)));
    }

    [Fact]
    public void Whoever_took_it_answers_it()
    {
        var refused = Answer(ComplaintState.Upheld, Official(null, Roles.Reviewer, "another")).Handle(With(Made(ComplaintState.Assigned)), Now);
        Assert.Equal("state-conflict", refused.Problem?.Code);
        Assert.Equal(["assign"], refused.Next!);
        Assert.Equal("request-malformed", (Answer(ComplaintState.Upheld, Reviewer) with { Answer = "" }).Handle(With(Made(ComplaintState.Assigned)), Now).Problem?.Code);
    }

    [Fact]
    public void A_clock_that_was_missed_is_entered_once()
    {
        var rules = With(Made(ComplaintState.Assigned));
        var due = rules.Complaints.Find("p1")!.Due(PersonalClocks.CalendarOf(rules)).At;
        Assert.Empty(PersonalClocks.Missed(rules, due.AddTicks(-1)));
        var missed = Assert.Single(PersonalClocks.Missed(rules, due));
        var escalated = rules.Apply(missed.Handle(rules, due).Event!, rules.GovernanceSize);
        Assert.Equal((due, ComplaintState.Assigned), (escalated.Complaints.Find("p1")!.EscalatedAt, escalated.Complaints.Find("p1")!.State));
        Assert.Empty(PersonalClocks.Missed(escalated, due));
        Assert.Equal("state-conflict", missed.Handle(escalated, due).Problem?.Code);
        Assert.Equal("state-conflict", missed.Handle(rules, due.AddTicks(-1)).Problem?.Code);
    }

    [Theory]
    [InlineData("member")]
    [InlineData("ground")]
    [InlineData("explanation")]
    [InlineData("reference")]
    public void What_makes_no_sense_is_refused(string fault)
    {
        Assert.NotNull(Asked.Handle(Founded, Now).Event);
        var complain = fault switch
        {
            "member" => Asked with { Member = "nobody" },
            "ground" => Asked with { Ground = ComplaintGround.None },
            "explanation" => Asked with { Explanation = new string('x', 1001) },
            _ => Asked with { Reference = "" },
        };
        Assert.Equal("request-malformed", complain.Handle(Founded, Now).Problem?.Code);
    }

    [Fact]
    public void A_record_survives_being_written()
    {
        var changed = new PersonalChanged(LeafKinds.ComplaintAnswered, Made(ComplaintState.Upheld) with { Answer = "Right." });
        Assert.Equivalent(changed, GovernanceRecords.Read(changed.Kind, GovernanceRecords.Write(changed), Person), strict: true);
    }

    private static AnswerComplaint Answer(ComplaintState verdict, Party by) => new() { Id = "p1", Subject = Person, By = by, Verdict = verdict, Answer = "Looked at." };

    private static ComplaintRecord Made(ComplaintState state) => new()
    {
        Id = "p1",
        Subject = Person,
        Member = "housing",
        Ground = ComplaintGround.UnjustifiedAccess,
        Explanation = "I never applied there.",
        ReceivedAt = Now,
        Reviewer = "reviewer",
        State = state,
    };

    private static RegionSnapshot With(ComplaintRecord complaint) => Founded.Apply(new PersonalChanged(LeafKinds.ComplaintReceived, complaint), Founded.GovernanceSize);

    private static ComplaintRecord Complaint(GovernanceEvent @event) => (ComplaintRecord)((PersonalChanged)@event).Record;
}
