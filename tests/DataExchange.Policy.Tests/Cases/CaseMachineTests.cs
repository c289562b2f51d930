using DataExchange.Contracts.Log;
using DataExchange.Policy.Cases;
using DataExchange.Policy.Commands;
using DataExchange.Policy.Events;
using DataExchange.Policy.Matters;
using DataExchange.Policy.Personal;
using DataExchange.Policy.Tests.Fixture;
using static DataExchange.Policy.Tests.Fixture.TestCases;
using static DataExchange.Policy.Tests.Fixture.TestRegion;

namespace DataExchange.Policy.Tests.Cases;

/// <summary>The machine against the table of <c>contracts/state-machines.md</c>, and what no table holds.</summary>
public class CaseMachineTests
{
    private static readonly MachineTable Table = MachineTable.Read("Case");

    private static readonly Dictionary<string, Party> Parties = new() { ["clerk"] = Clerk, ["system"] = DeskSystem, ["citizen"] = Citizen };

    public static TheoryData<string, string, string> Combinations => new(
        from state in Table.States
        from command in Table.Commands
        from party in Table.Parties.Append("stranger")
        where command != "open" || state == "(none)" // Opening makes a case and is given to none.
        select (state, command, party));

    [Fact]
    public void The_table_knows_every_state_and_party()
    {
        Assert.Equal(Enum.GetNames<CaseState>().Where(name => name != "None").Order(), Table.States.Where(state => state != "(none)").Order());
        Assert.Equal(Parties.Keys.Order(), Table.Parties);
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public void Every_state_command_and_party(string state, string command, string party)
    {
        var by = party == "stranger" ? Clerk with { Member = "centre", ClientId = "centre-system" } : Parties[party];
        var rules = state == "(none)" ? Defined : Defined.With(In(state));

        var outcome = Command(command, by).Handle(rules, Now);

        if (Table.Next(state, command, party) is { } next)
        {
            Assert.Equal(next, Case(outcome).State.ToString());
        }
        else if (party == "stranger" || (state == "(none)" && command != "open"))
        {
            // A stranger may open no case of a matter that is handled at other desks; any other case is not there.
            Assert.Equal(command == "open" ? "actor-not-authorised" : "not-found", outcome.Problem?.Code);
        }
        else if (!Table.Knows(command, party))
        {
            Assert.Equal("actor-not-authorised", outcome.Problem?.Code);
        }
        else
        {
            Assert.Equal("state-conflict", outcome.Problem?.Code);
            Assert.Equal(Table.Legal(state, party), outcome.Next);
        }
    }

    [Fact]
    public void A_clerk_opens_it_at_the_desk_signed_in_at()
    {
        var opened = Case(Command("open", Clerk).Handle(Defined, Now));

        Assert.Equal(("home", 1, "housing-system", "housing", "li"), (opened.Matter, opened.MatterRevision, opened.Desk, opened.Department, opened.OpenedBy));
        Assert.Equal((Now, Now.AddDays(10)), (opened.Opened, opened.Expires));
        Assert.Empty(opened.Results);
    }

    [Fact]
    public void A_person_opens_it_online_without_leaving_a_name_behind()
    {
        var opened = Case(Command("open", Citizen).Handle(Defined, Now));

        Assert.Equal(("housing-system", "housing", null), (opened.Desk, opened.Department, opened.OpenedBy));
    }

    [Fact]
    public void A_person_opens_none_for_somebody_else() =>
        Assert.Equal("actor-not-authorised", (new OpenCase { By = Citizen, Subject = Stranger, Matter = "home" }).Handle(Defined, Now).Problem?.Code);

    [Theory]
    [InlineData("nothing", null, "not-found")]
    [InlineData("home", "centre-system", "actor-not-authorised")]
    [InlineData("withdrawn", null, "request-malformed")]
    public void What_cannot_be_opened_is_refused(string matter, string? desk, string problem)
    {
        var rules = Defined.Apply(new MatterDefined(Home with { Code = "withdrawn", Desks = [] }), Defined.GovernanceSize);

        Assert.Equal(problem, (new OpenCase { By = Citizen, Subject = Person, Matter = matter, Desk = desk }).Handle(rules, Now).Problem?.Code);
    }

    [Fact]
    public void It_is_ready_when_all_that_is_required_is_answered_and_not_before()
    {
        var first = Case(Record(Released("residence", 4), Released("income", 6)).Handle(Defined.With(Open), Now));
        var second = Case(Record(NoRecord("weight", 8)).Handle(Defined.With(first), Now));

        Assert.Equal((CaseState.Open, CaseState.Ready), (first.State, second.State));
        Assert.Equal(["residence", "income", "weight"], second.Results.Select(result => result.Need));
    }

    [Fact]
    public void The_newest_answer_of_a_need_takes_the_place_of_the_one_before()
    {
        var again = Case(Record(Released("residence", 40)).Handle(Defined.With(Ready), Now));

        Assert.Equal(40, again.ResultOf("residence")!.Decision);
        Assert.Equal(2, again.Results.Count);
        Assert.Equal(CaseState.Ready, again.State);
    }

    [Fact]
    public void Results_are_of_its_needs_each_once() => Assert.All(
        [Record(), Record(Released("shoe-size", 1)), Record(Released("residence", 1), Released("residence", 3))],
        command => Assert.Equal("request-malformed", command.Handle(Defined.With(Open), Now).Problem?.Code));

    [Fact]
    public void Completed_it_counts_each_document_and_counter_once()
    {
        // residence and weight spare the same document at two counters; income another document at one of them.
        var ready = Ready with { Results = [.. Ready.Results, Released("income", 20)] };

        var completed = Case(Command("complete", Clerk).Handle(Defined.With(ready), Now));

        Assert.Equal((2, 2), (completed.DocumentsSpared, completed.CountersSpared));
        Assert.Equal((Now, "li"), (completed.Ended, completed.EndedBy));
    }

    [Fact]
    public void It_keeps_the_revision_that_it_was_opened_under()
    {
        var rules = Defined.With(Ready).Apply(new MatterDefined(Home with { Revision = 2, Needs = [Home.Needs[0]] }), Defined.GovernanceSize + 1);

        Assert.Equal(2, Case(Command("complete", Clerk).Handle(rules, Now)).CountersSpared);
    }

    [Fact]
    public void Somebody_elses_key_does_not_open_it() =>
        Assert.Equal("not-found", (new CompleteCase { Id = Id, By = Clerk, Subject = Stranger }).Handle(Defined.With(Ready), Now).Problem?.Code);

    [Fact]
    public void Its_version_is_the_entry_that_holds_it() => Assert.Equal(Defined.GovernanceSize, Command("complete", Clerk).VersionIn(Defined.With(Ready)));

    [Fact]
    public void A_case_that_a_lost_log_left_open_has_expired()
    {
        var retired = Founded.Apply(new LogAdopted("old", "vkey", new(1, "root"), [], 2, "order"), Founded.GovernanceSize);
        var rules = retired.Apply(new MatterDefined(Home), retired.GovernanceSize).With(Open);

        Assert.Equal(CaseState.Expired, rules.Cases.Find(Id)!.State);
    }

    private static CaseRecord In(string state) => state switch
    {
        "Open" => Open,
        "Ready" => Ready,
        "Expired" => Ready with { Expires = Now },
        _ => Ready with { State = Enum.Parse<CaseState>(state), Ended = Now },
    };

    private static CaseCommand Command(string command, Party by) => command switch
    {
        "open" => new OpenCase { By = by, Subject = Person, Matter = "home" },
        "gather" => Record(Released("residence", 4), NoRecord("weight", 6)) with { By = by },
        "complete" => new CompleteCase { Id = Id, By = by, Subject = Person },
        "cancel" => new CancelCase { Id = Id, By = by, Subject = Person },
        _ => throw new InvalidOperationException($"The table has a command that no test gives: {command}."),
    };

    private static RecordResults Record(params NeedResult[] results) => new() { Id = Id, By = Clerk, Subject = Person, Results = results };

    private static CaseRecord Case(CommandOutcome outcome)
    {
        Assert.Null(outcome.Problem);
        var changed = Assert.IsType<PersonalChanged>(outcome.Event);
        Assert.StartsWith("case.", changed.Kind, StringComparison.Ordinal);
        Assert.False(LeafKinds.IsOpen(changed.Kind));
        return (CaseRecord)changed.Record;
    }
}
