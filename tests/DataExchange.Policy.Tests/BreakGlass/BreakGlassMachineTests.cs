using DataExchange.Contracts.Log;
using DataExchange.Policy.BreakGlass;
using DataExchange.Policy.Commands;
using DataExchange.Policy.Events;
using DataExchange.Policy.Model;
using DataExchange.Policy.Personal;
using DataExchange.Policy.Rules;
using static DataExchange.Policy.Tests.Fixture.MachineCheck;
using static DataExchange.Policy.Tests.Fixture.TestRegion;

namespace DataExchange.Policy.Tests.BreakGlass;

public class BreakGlassMachineTests
{
    private static readonly Party Holder = Official("centre", Roles.DeskClerk, "holder");
    private static readonly Party Reviewer = Official(null, Roles.Reviewer, "reviewer");

    private static readonly RequestBreakGlass Asked = new()
    {
        Subject = Person,
        By = Holder,
        Reason = BreakGlassReason.LifeInDanger,
        Explanation = "Unconscious; allergies unknown.",
        Minutes = 10,
        SecondPerson = false,
    };

    [Fact]
    public void Every_state_takes_the_steps_of_the_table_and_no_other() => Holds("Break-glass", Arrange, @event => Grant(@event).State.ToString());

    [Fact]
    public void Without_a_second_person_it_is_open_at_once_and_reviewed_within_a_day()
    {
        var grant = Grant(Asked.Handle(Founded, Now).Event!);
        Assert.Equal((BreakGlassState.Open, Now.AddMinutes(10), Now.AddHours(24)), (grant.State, grant.EndsAt, grant.ReviewBy));
        Assert.Equal(BreakGlassState.Open, grant.StateAt(Now.AddMinutes(10).AddTicks(-1)));
        Assert.Equal(BreakGlassState.Ended, grant.StateAt(Now.AddMinutes(10)));
        Assert.False(grant.IsOverdue(Now.AddHours(24).AddTicks(-1)));
        Assert.True(grant.IsOverdue(Now.AddHours(24)));
        Assert.False(grant.IsTold(Now.AddHours(72).AddTicks(-1)));
        Assert.True(grant.IsTold(Now.AddHours(72)));
        Assert.True((grant with { ClosedAt = Now.AddHours(1) }).IsTold(Now.AddHours(1)));
    }

    [Fact]
    public void With_a_second_person_it_opens_when_they_approve_and_lapses_when_they_do_not()
    {
        var waiting = Grant((Asked with { SecondPerson = true }).Handle(Founded, Now).Event!);
        Assert.Equal((BreakGlassState.Requested, null, null), (waiting.State, waiting.OpenedAt, waiting.ReviewBy));
        Assert.Equal(BreakGlassState.Lapsed, waiting.StateAt(Now.AddMinutes(15)));
        Assert.False(waiting.AwaitsReview(Now.AddDays(9)));

        var later = Now.AddMinutes(5);
        var approved = Grant(new ApproveBreakGlass { Id = waiting.Id, Subject = Person, By = Official("centre", Roles.Steward, "boss") }.Handle(With(waiting), later).Event!);
        Assert.Equal((later, later.AddMinutes(10), later.AddHours(72), "boss"), (approved.OpenedAt, approved.EndsAt, approved.ReviewBy, approved.SecondPerson));
    }

    [Fact]
    public void Whoever_broke_the_glass_neither_approves_nor_reviews_it()
    {
        var all = Holder with { Roles = [Roles.DeskClerk, Roles.Steward, Roles.Reviewer] };
        Assert.Equal("actor-not-authorised", new ApproveBreakGlass { Id = "b1", Subject = Person, By = all }.Handle(With(Made(BreakGlassState.Requested)), Now).Problem?.Code);
        Assert.Equal("actor-not-authorised", new AssignBreakGlass { Id = "b1", Subject = Person, By = all }.Handle(With(Made(BreakGlassState.Ended)), Now).Problem?.Code);
        Assert.Equal("not-found", new AssignBreakGlass { Id = "b1", Subject = Person, By = Official("housing", Roles.Reviewer) }.Handle(With(Made(BreakGlassState.Ended)), Now).Problem?.Code);
    }

    [Fact]
    public void A_review_is_closed_by_the_reviewer_who_took_it()
    {
        var close = new CloseBreakGlass { Id = "b1", Subject = Person, By = Official(null, Roles.Reviewer, "another"), IsJustified = true, Finding = "Right." };
        var refused = close.Handle(With(Made(BreakGlassState.UnderReview)), Now);
        Assert.Equal("state-conflict", refused.Problem?.Code);
        Assert.Equal(["assign"], refused.Next!);
        Assert.Equal("request-malformed", (close with { By = Reviewer, Finding = " " }).Handle(With(Made(BreakGlassState.UnderReview)), Now).Problem?.Code);
    }

    [Fact]
    public void One_holder_has_one_running_grant_for_a_person()
    {
        Assert.Equal("state-conflict", Asked.Handle(With(Made(BreakGlassState.Open) with { Holder = "holder" }), Now).Problem?.Code);
        Assert.NotNull(Asked.Handle(With(Made(BreakGlassState.Open) with { Holder = "other" }), Now).Event);
        Assert.NotNull(Asked.Handle(With(Made(BreakGlassState.Ended)), Now).Event);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    public void It_lasts_fifteen_minutes_at_most(int minutes) =>
        Assert.Equal("request-malformed", (Asked with { Minutes = minutes }).Handle(Founded, Now).Problem?.Code);

    [Fact]
    public void A_reason_and_a_person_who_answers_for_it_are_needed()
    {
        Assert.Equal("request-malformed", (Asked with { Reason = BreakGlassReason.None }).Handle(Founded, Now).Problem?.Code);
        Assert.Equal("request-malformed", (Asked with { Explanation = "" }).Handle(Founded, Now).Problem?.Code);
        Assert.Equal("actor-not-authorised", (Asked with { By = Holder with { UserId = null } }).Handle(Founded, Now).Problem?.Code);
    }

    [Fact]
    public void A_record_survives_being_written()
    {
        var changed = new PersonalChanged(LeafKinds.BreakGlassReviewed, Made(BreakGlassState.Unjustified));
        Assert.Equivalent(changed, GovernanceRecords.Read(changed.Kind, GovernanceRecords.Write(changed), Person), strict: true);
    }

    private static (GovernanceCommand Command, RegionSnapshot Rules) Arrange(string state, string command, string party)
    {
        var by = party switch
        {
            "holder" => Holder,
            "colleague" => Official("centre", Roles.Steward, "colleague"),
            "reviewer" => Reviewer,
            _ => command == "request" ? Citizen(Stranger) : Official("housing", Roles.DeskClerk, "elsewhere"),
        };
        if (command == "request" && party == "colleague")
        {
            by = Official("centre", Roles.Steward, "colleague"); // No clerk.
        }

        BreakGlassCommand given = command switch
        {
            "request" => Asked with { By = by },
            "approve" => new ApproveBreakGlass { Id = "b1", Subject = Person, By = by },
            "refuse" => new RefuseBreakGlass { Id = "b1", Subject = Person, By = by },
            "end" => new EndBreakGlass { Id = "b1", Subject = Person, By = by },
            "assign" => new AssignBreakGlass { Id = "b1", Subject = Person, By = by },
            _ => new CloseBreakGlass { Id = "b1", Subject = Person, By = by, IsJustified = command == "justify", Finding = "Looked at." },
        };
        return (given, state == None ? Founded : With(Made(Enum.Parse<BreakGlassState>(state))));
    }

    private static BreakGlassRecord Made(BreakGlassState state)
    {
        var opened = state is BreakGlassState.Requested or BreakGlassState.Lapsed or BreakGlassState.Refused ? (DateTimeOffset?)null
            : state == BreakGlassState.Ended ? Now.AddMinutes(-10) : Now;
        return new BreakGlassRecord
        {
            Id = "b1",
            Subject = Person,
            Member = "centre",
            Holder = "holder",
            Reason = BreakGlassReason.LifeInDanger,
            Explanation = "Unconscious.",
            Minutes = 10,
            RequestedAt = state == BreakGlassState.Lapsed ? Now.AddMinutes(-15) : Now,
            OpenedAt = opened,
            EndsAt = opened?.AddMinutes(10),
            Reviewer = state >= BreakGlassState.UnderReview ? "reviewer" : null,
            State = state switch { BreakGlassState.Lapsed => BreakGlassState.Requested, BreakGlassState.Ended => BreakGlassState.Open, _ => state },
        };
    }

    private static RegionSnapshot With(BreakGlassRecord grant) => Founded.Apply(new PersonalChanged(LeafKinds.BreakGlassRequested, grant), Founded.GovernanceSize);

    private static BreakGlassRecord Grant(GovernanceEvent @event) => (BreakGlassRecord)((PersonalChanged)@event).Record;
}
