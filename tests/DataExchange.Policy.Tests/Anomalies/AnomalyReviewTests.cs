using DataExchange.Contracts.Log;
using DataExchange.Policy.Anomalies;
using DataExchange.Policy.Commands;
using DataExchange.Policy.Events;
using DataExchange.Policy.Model;
using DataExchange.Policy.Personal;
using DataExchange.Policy.Rules;
using DataExchange.Policy.Tests.Fixture;
using static DataExchange.Policy.Tests.Fixture.TestRegion;

namespace DataExchange.Policy.Tests.Anomalies;

/// <summary>Every state with every command by everybody, against the table of <c>contracts/state-machines.md</c>.</summary>
public class AnomalyReviewTests
{
    private const string Assignee = "the assignee";

    private static readonly MachineTable Table = MachineTable.Read("Findings of the anomaly rules");

    private static readonly string[] Parties = ["reviewer", "assignee", Roles.DepartmentSystem, Roles.DeskClerk, Roles.Steward, Roles.Citizen, Roles.Operator, "nobody"];

    private static readonly RegionSnapshot Watched = Founded.Apply(new MonitoringSet(AnomalyRuleSet.Recommended), Founded.GovernanceSize);

    private static readonly AnomalyFinding Finding = new()
    {
        Id = new string('f', 32),
        Subject = Person,
        Rule = "own-relation",
        Version = 1,
        RuleSet = 1,
        Action = AnomalyAction.HoldForReview,
        Member = "housing",
        Official = "sealed",
        FoundAt = Now.AddHours(-1),
        Until = Now,
        Observed = 1,
        Threshold = 0,
        Figures = new Dictionary<string, long> { ["relation"] = 3 },
        Entries = [1, 2],
        State = AnomalyState.Found,
    };

    /// <summary>A finding that has every member.</summary>
    internal static PersonalChanged Whole { get; } = new(LeafKinds.AnomalyLifted, Finding with
    {
        Assignee = "a", ClosedBy = "a", Reason = "r", ExemptUntil = Now, LiftedBy = "a", LiftReason = "r",
    });

    public static TheoryData<AnomalyState, string, string> Combinations => [.. from state in Enum.GetValues<AnomalyState>() from command in Table.Commands from party in Parties select (state, command, party)];

    [Fact]
    public void The_table_has_every_state_and_every_command_and_no_other()
    {
        Assert.Equal(Enum.GetNames<AnomalyState>(), Table.States);
        Assert.Equal(["assign", "close justified", "close unjustified", "lift"], Table.Commands);
        Assert.Equal(["assignee", "reviewer"], Table.Parties);
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public void Each_state_allows_these_commands_to_these_parties_and_no_other(AnomalyState state, string command, string party)
    {
        var finding = Finding with { State = state, Assignee = state == AnomalyState.Found ? null : Assignee };
        var outcome = Command(command, party).Handle(With(finding), Now);
        // Before anybody has it there is no assignee; whoever will be is a reviewer like the others.
        var next = Table.Next(state.ToString(), command, party);
        if (next is not null)
        {
            Assert.Equal(next, ((AnomalyFinding)((PersonalChanged)outcome.Event!).Record).State.ToString());
        }
        else if (party is "reviewer" or "assignee")
        {
            Assert.Equal("state-conflict", outcome.Problem?.Code);
            Assert.Equal(Table.Legal(state.ToString(), party).Select(legal => legal.Split(' ')[0]).Distinct(), outcome.Next);
        }
        else
        {
            Assert.Equal("actor-not-authorised", outcome.Problem?.Code);
        }
    }

    [Theory]
    [InlineData("assign")]
    [InlineData("close justified")]
    [InlineData("lift")]
    public void Nobody_reviews_a_finding_about_themselves(string command) =>
        Assert.Equal("actor-not-authorised", (Command(command, "reviewer") with { IsOwn = true }).Handle(With(Finding), Now).Problem?.Code);

    [Fact]
    public void A_finding_that_is_not_there_is_not_found() =>
        Assert.Equal("not-found", (Command("assign", "reviewer") with { Id = "other" }).Handle(With(Finding), Now).Problem?.Code);

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData(null)]
    public void A_reason_is_always_given(string? reason)
    {
        var text = reason ?? new string('x', 2001);
        Assert.Equal("request-malformed", new CloseAnomaly { Id = Finding.Id, Subject = Person, By = By("assignee"), Justified = true, Reason = text }.Handle(With(Finding with { State = AnomalyState.Assigned, Assignee = Assignee }), Now).Problem?.Code);
        Assert.Equal("request-malformed", new LiftAnomaly { Id = Finding.Id, Subject = Person, By = By("reviewer"), Reason = text }.Handle(With(Finding with { State = AnomalyState.Unjustified }), Now).Problem?.Code);
    }

    [Theory]
    [InlineData(AnomalyState.Found, true)]
    [InlineData(AnomalyState.Assigned, true)]
    [InlineData(AnomalyState.Justified, false)]
    [InlineData(AnomalyState.Unjustified, true)]
    [InlineData(AnomalyState.Lifted, false)]
    public void A_hold_stands_until_it_is_justified_or_lifted(AnomalyState state, bool holds)
    {
        Assert.Equal(holds, (Finding with { State = state }).IsHold());
        Assert.False((Finding with { State = state, Action = AnomalyAction.Throttle }).IsHold());
    }

    [Fact]
    public void What_was_justified_is_not_found_again_for_a_while()
    {
        var closed = Changed(Command("close justified", "assignee").Handle(With(Finding with { State = AnomalyState.Assigned, Assignee = Assignee }), Now));
        Assert.Equal(Now.AddHours(72), closed.ExemptUntil);
        Assert.True(closed.IsExemption(Now.AddHours(72).AddTicks(-1)));
        Assert.False(closed.IsExemption(Now.AddHours(72)));
        Assert.False((closed with { State = AnomalyState.Unjustified }).IsExemption(Now));
    }

    [Fact]
    public void What_is_found_says_what_was_compared_and_what_it_rests_on_with_the_attempt_itself()
    {
        var found = Changed(Record().Handle(Watched, Now));
        Assert.Equal(("own-relation", 1, 1, "housing", AnomalyState.Found), (found.Rule, found.Version, found.RuleSet, found.Member, found.State));
        Assert.Equal([4, 7, 9], found.Entries);
        Assert.Equal(Now, found.FoundAt);
    }

    [Fact]
    public void An_official_who_is_held_already_is_not_held_twice_by_one_rule()
    {
        Assert.Equal("state-conflict", Record().Handle(With(Finding), Now).Problem?.Code);
        Assert.NotNull(Record().Handle(With(Finding with { State = AnomalyState.Lifted }), Now).Event);
        Assert.NotNull(Record().Handle(With(Finding with { Rule = "near-misses" }), Now).Event);
    }

    [Fact]
    public void Events_come_back_as_they_were()
    {
        var read = Assert.IsType<PersonalChanged>(GovernanceRecords.Read(Whole.Kind, GovernanceRecords.Write(Whole), Person));
        Assert.Equivalent(Whole.Record, read.Record, strict: true);
        var rules = Assert.IsType<MonitoringSet>(GovernanceRecords.Read(LeafKinds.MonitoringSet, GovernanceRecords.Write(new MonitoringSet(AnomalyRuleSet.Recommended))));
        Assert.Equal(AnomalyRuleSet.Recommended, rules.Rules);
    }

    [Theory]
    [InlineData("subjects-per-hour")]
    [InlineData("no-open-case")]
    [InlineData("sequential-numbers")]
    [InlineData("own-relation")]
    [InlineData("out-of-hours")]
    [InlineData("breadth-per-subject")]
    [InlineData("near-misses")]
    public void Every_rule_explains_its_finding_in_two_languages(string rule)
    {
        Assert.Contains(rule, AnomalyRuleCodes.All);
        var (zh, en) = AnomalyExplanation.Of(rule, 4711, 815, new Dictionary<string, long>());
        Assert.EndsWith("。", zh, StringComparison.Ordinal);
        Assert.EndsWith(".", en, StringComparison.Ordinal);
        Assert.DoesNotContain(rule, en, StringComparison.Ordinal);
        Assert.All(rule == "own-relation" ? [] : new[] { zh, en }, text => Assert.Contains("4711", text, StringComparison.Ordinal));
    }

    private static RecordAnomaly Record() => new()
    {
        Subject = Person, Member = "housing", Official = "sealed", Index = 9,
        Signal = new AnomalySignal("own-relation", 1, AnomalyAction.HoldForReview, 1, 0, new Dictionary<string, long>(), 0, [4, 7], true),
    };

    private static AnomalyFinding Changed(CommandOutcome outcome) => (AnomalyFinding)((PersonalChanged)outcome.Event!).Record;

    private static RegionSnapshot With(AnomalyFinding finding) => Watched.Apply(new PersonalChanged(LeafKinds.AnomalyFound, finding), Watched.GovernanceSize);

    private static ReviewAnomaly Command(string command, string party) => command switch
    {
        "assign" => new AssignAnomaly { Id = Finding.Id, Subject = Person, By = By(party) },
        "close justified" => new CloseAnomaly { Id = Finding.Id, Subject = Person, By = By(party), Justified = true, Reason = "a reason" },
        "close unjustified" => new CloseAnomaly { Id = Finding.Id, Subject = Person, By = By(party), Justified = false, Reason = "a reason" },
        "lift" => new LiftAnomaly { Id = Finding.Id, Subject = Person, By = By(party), Reason = "a reason" },
        _ => throw new ArgumentException($"The table has an unknown command '{command}'.", nameof(command)),
    };

    private static Party By(string party) => party switch
    {
        "reviewer" => new Party { ClientId = "desk", UserId = "another reviewer", Roles = [Roles.Reviewer] },
        "assignee" => new Party { ClientId = "desk", UserId = Assignee, Roles = [Roles.Reviewer] },
        "nobody" => Party.Nobody,
        _ => new Party { ClientId = "desk", UserId = Assignee, Roles = [party] },
    };
}
