using DataExchange.Policy.Catalogue;
using DataExchange.Policy.Commands;
using DataExchange.Policy.Events;
using DataExchange.Policy.Model;
using DataExchange.Policy.Rules;
using DataExchange.Policy.Tests.Fixture;

namespace DataExchange.Policy.Tests.Catalogue;

/// <summary>The machine against the tables of <c>contracts/state-machines.md</c>: every state, command and party, in both kinds of region.</summary>
public class CatalogueMachineTests
{
    private const string Code = "registry/vehicles";

    private static readonly string[] Strangers = ["steward of another member", "steward of no member", "clerk of the provider", "steward without a handle", "nobody"];

    /// <summary>The commands that lead to each state from the one before it.</summary>
    private static readonly Dictionary<string, string[]> Ways = new()
    {
        ["(none)"] = [],
        ["Discarded"] = ["drafts", "discard"],
        ["Draft"] = ["drafts"],
        ["UnderReview"] = ["drafts", "submit"],
        ["Published"] = ["drafts", "submit", "publish"],
        ["PublishedDraft"] = ["drafts", "submit", "publish", "drafts"],
        ["PublishedUnderReview"] = ["drafts", "submit", "publish", "drafts", "submit"],
        ["Withdrawn"] = ["drafts", "submit", "publish", "withdraw"],
        ["WithdrawnDraft"] = ["drafts", "submit", "publish", "withdraw", "drafts"],
        ["WithdrawnUnderReview"] = ["drafts", "submit", "publish", "withdraw", "drafts", "submit"],
    };

    public static TheoryData<string, bool> Regions => new() { { "Catalogue", true }, { "Catalogue without a data authority", false } };

    [Theory]
    [MemberData(nameof(Regions))]
    public void Every_state_command_and_party_does_what_the_table_says(string heading, bool hasAuthority)
    {
        var table = MachineTable.Read(heading);
        Assert.Equal(Ways.Keys, table.States);
        Assert.Equal(Enum.GetValues<CatalogueAction>().Where(action => action != CatalogueAction.None).Select(CatalogueActions.NameOf), table.Commands);
        foreach (var (state, way) in Ways)
        {
            var rules = way.Aggregate(Region(hasAuthority), (rules, command) => Apply(rules, Command(command, rules, IsReview(command) ? Reviewer(hasAuthority) : "author")));
            Assert.Equal(state, StateOf(rules));
            foreach (var command in table.Commands)
            {
                foreach (var party in table.Parties.Concat(Strangers))
                {
                    Check(table, rules, state, command, party);
                }
            }
        }
    }

    private static void Check(MachineTable table, RegionSnapshot rules, string state, string command, string party)
    {
        // Without a draft there is no author: every steward of the provider is a colleague.
        var named = party == "author" && rules.FindEntry(Code)?.Draft is null ? "colleague" : party;
        var about = $"{party} gives '{command}' in the state {state}";
        var outcome = Command(command, rules, party).Handle(rules, TestRegion.Now);
        if (table.Next(state, command, named) is { } next)
        {
            Assert.True(outcome.Event is not null, $"{about}: {outcome.Problem} {outcome.Detail}");
            Assert.Equal(next, StateOf(rules.Then(outcome.Event!)));
        }
        else if (table.Knows(command, named))
        {
            Assert.True(outcome.Problem?.Code == "state-conflict", $"{about}: {outcome.Event} {outcome.Problem}");
            Assert.Equal(table.Legal(state, named), outcome.Next);
        }
        else
        {
            Assert.True(outcome.Problem?.Code == "actor-not-authorised", $"{about}: {outcome.Event} {outcome.Problem}");
        }
    }

    [Fact]
    public void Publishing_supersedes_every_revision_before()
    {
        var rules = Region(true);
        for (var revision = 1; revision <= 3; revision++)
        {
            foreach (var command in new[] { "drafts", "submit", "publish" })
            {
                rules = Apply(rules, Command(command, rules, IsReview(command) ? "authority" : "author"));
            }
        }

        var entry = rules.FindEntry(Code)!;
        Assert.Equal([(1, RevisionState.Superseded), (2, RevisionState.Superseded), (3, RevisionState.Published)], entry.Revisions.Select(r => (r.Dataset.Revision, r.State)));
        Assert.Equal(9, entry.History.Count);
        Assert.Equal(rules.GovernanceSize - 1, entry.LogIndex);
    }

    [Theory]
    [InlineData("author", "actor-not-authorised")]
    [InlineData("colleague", null)]
    public void Where_the_authority_provides_itself_another_of_its_stewards_reviews(string party, string? problem)
    {
        var founded = Region(true);
        var rules = founded
            .Then(new MemberAdmitted(founded.FindMember("data-bureau")! with { DataAuthority = false }))
            .Then(new MemberAdmitted(founded.FindMember("registry")! with { DataAuthority = true }));
        rules = Apply(Apply(rules, Command("drafts", rules, "author")), Command("submit", rules, "author"));
        Assert.Equal(problem, Command("publish", rules, party).Handle(rules, TestRegion.Now).Problem?.Code);
    }

    [Fact]
    public void Whoever_wrote_or_submitted_a_draft_does_not_review_it()
    {
        var rules = Region(false);
        rules = Apply(Apply(rules, Command("drafts", rules, "author")), Command("submit", rules, "colleague"));
        foreach (var party in new[] { "author", "colleague" })
        {
            Assert.Equal("actor-not-authorised", Command("publish", rules, party).Handle(rules, TestRegion.Now).Problem?.Code);
        }
    }

    [Fact]
    public void A_draft_with_faults_is_kept_and_not_submitted()
    {
        var rules = Region(true);
        rules = Apply(rules, Command("drafts", rules, "author") switch { DraftDataset draft => draft with { Dataset = draft.Dataset with { ImpactAssessment = null, Grade = null } }, var other => other });
        var outcome = Command("submit", rules, "author").Handle(rules, TestRegion.Now);
        Assert.Equal("catalogue-entry-incomplete", outcome.Problem?.Code);
        Assert.Equal(["$.grade", "$.impactAssessment"], outcome.Faults!.Select(fault => fault.Path).Order());
    }

    [Fact]
    public void A_draft_is_of_its_entry_and_of_the_next_revision()
    {
        var rules = Region(true);
        foreach (var wrong in new[] { TestEntries.Complete with { Code = "registry/boats" }, TestEntries.Complete with { Revision = 2 } })
        {
            var outcome = new DraftDataset(wrong) { Code = Code, Steward = TestEntries.Steward, By = PartyOf("author") }.Handle(rules, TestRegion.Now);
            Assert.Equal("request-malformed", outcome.Problem?.Code);
        }
    }

    [Fact]
    public void A_draft_with_a_hole_in_it_is_refused()
    {
        Dataset[] holes =
        [
            TestEntries.Complete with { Fields = [null!] }, TestEntries.Complete with { Names = new() { ["zh"] = null!, ["en"] = "Vehicles" } },
            TestEntries.Complete with { ShareConditions = [null!] },
        ];
        Assert.All(holes, hole =>
        {
            var outcome = new DraftDataset(hole) { Code = Code, Steward = TestEntries.Steward, By = PartyOf("author") }.Handle(Region(true), TestRegion.Now);
            Assert.Equal("request-malformed", outcome.Problem?.Code);
            Assert.Single(outcome.Faults!);
        });
    }

    [Fact]
    public void A_draft_that_no_leaf_can_hold_is_refused()
    {
        var large = TestEntries.Complete with { Descriptions = TestEntries.Text(new string('长', 25_000), "Long") };
        var outcome = new DraftDataset(large) { Code = Code, Steward = TestEntries.Steward, By = PartyOf("author") }.Handle(Region(true), TestRegion.Now);
        Assert.Equal("payload-too-large", outcome.Problem?.Code);
    }

    [Theory]
    [InlineData("nobody/vehicles")]
    [InlineData("registry")]
    [InlineData("registry/Vehicles")]
    [InlineData("registry/vehicles/all")]
    public void Of_a_code_that_no_member_can_have_there_is_nothing(string code)
    {
        var outcome = new DraftDataset(TestEntries.Complete with { Code = code }) { Code = code, Steward = TestEntries.Steward, By = PartyOf("author") }.Handle(Region(true), TestRegion.Now);
        Assert.Equal("not-found", outcome.Problem?.Code);
    }

    [Fact]
    public void A_return_and_a_withdrawal_say_why()
    {
        var rules = Region(true);
        rules = Apply(Apply(rules, Command("drafts", rules, "author")), Command("submit", rules, "author"));
        foreach (var reason in new[] { "", " ", new string('x', 2_001) })
        {
            Assert.Equal("request-malformed", (new ReturnDraft(reason) { Code = Code, Steward = TestEntries.Reviewer, By = PartyOf("authority") }).Handle(rules, TestRegion.Now).Problem?.Code);
        }

        var returned = Apply(rules, Command("return", rules, "authority")).FindEntry(Code)!;
        Assert.Equal("Because.", returned.Draft!.ReturnedFor);
        Assert.Equal("Because.", returned.History[^1].Reason);
    }

    [Fact]
    public void The_version_of_an_entry_is_the_index_of_its_newest_event()
    {
        var rules = Region(true);
        var command = Command("drafts", rules, "author");
        Assert.Null(command.VersionIn(rules));
        Assert.Equal(rules.GovernanceSize, command.VersionIn(Apply(rules, command)));
    }

    [Fact]
    public void Every_event_is_read_back_as_it_was_written()
    {
        GovernanceEvent[] events =
        [
            new DatasetDrafted(TestEntries.Complete, TestEntries.Steward), new DatasetSubmitted(Code, 1, TestEntries.Steward), new DatasetReturned(Code, 1, "Because.", TestEntries.Reviewer),
            new DatasetDiscarded(Code, 1, TestEntries.Steward), new DatasetWithdrawn(Code, 1, "Because.", TestEntries.Steward),
        ];
        Assert.All(events, @event =>
        {
            var record = GovernanceRecords.Write(@event);
            Assert.Equal(record, GovernanceRecords.Write(GovernanceRecords.Read(@event.Kind, record)));
        });
        Assert.Equal(events[1..], events[1..].Select(@event => GovernanceRecords.Read(@event.Kind, GovernanceRecords.Write(@event))));
    }

    private static RegionSnapshot Region(bool hasAuthority) => hasAuthority
        ? TestRegion.Founded
        : TestRegion.Founded.Then(new MemberAdmitted(TestRegion.Founded.FindMember("data-bureau")! with { DataAuthority = false }));

    private static string Reviewer(bool hasAuthority) => hasAuthority ? "authority" : "colleague";

    private static bool IsReview(string command) => command is "return" or "publish";

    private static RegionSnapshot Apply(RegionSnapshot rules, CatalogueCommand command)
    {
        var outcome = command.Handle(rules, TestRegion.Now);
        Assert.True(outcome.Event is not null, $"{command.GetType().Name}: {outcome.Problem} {outcome.Detail}");
        return rules.Then(outcome.Event!);
    }

    private static CatalogueCommand Command(string name, RegionSnapshot rules, string party)
    {
        var dataset = TestEntries.Complete with { Revision = rules.FindEntry(Code)?.NextRevision ?? 1 };
        var (steward, by) = (HandleOf(party), PartyOf(party));
        return name switch
        {
            "drafts" => new DraftDataset(dataset) { Code = Code, Steward = steward, By = by },
            "draft" => new EditDraft(dataset with { UpdateFrequency = "weekly" }) { Code = Code, Steward = steward, By = by },
            "submit" => new SubmitDraft { Code = Code, Steward = steward, By = by },
            "return" => new ReturnDraft("Because.") { Code = Code, Steward = steward, By = by },
            "publish" => new PublishDraft { Code = Code, Steward = steward, By = by },
            "discard" => new DiscardDraft { Code = Code, Steward = steward, By = by },
            _ => new WithdrawDataset("Because.") { Code = Code, Steward = steward, By = by },
        };
    }

    private static SubjectHandle HandleOf(string party) => party switch
    {
        "author" => TestEntries.Steward,
        "colleague" => new SubjectHandle(new string('3', 64)),
        "steward without a handle" => default,
        _ => TestEntries.Reviewer,
    };

    private static Party PartyOf(string party) => party switch
    {
        "author" or "colleague" or "steward without a handle" => Steward("registry"),
        "authority" => Steward("data-bureau"),
        "steward of another member" => Steward("housing"),
        "steward of no member" => Steward(null),
        "clerk of the provider" => Steward("registry") with { Roles = [Roles.DeskClerk] },
        _ => Party.Nobody,
    };

    private static Party Steward(string? member) => new() { Member = member, ClientId = "client", Roles = [Roles.Steward] };

    /// <summary>The entry's state as the table names it: what is published, then what is being prepared.</summary>
    private static string StateOf(RegionSnapshot rules) => rules.FindEntry(Code) switch
    {
        null => "(none)",
        { State: RevisionState.None, DraftState: RevisionState.None } => "Discarded",
        { State: RevisionState.None } entry => entry.DraftState.ToString(),
        { DraftState: RevisionState.None } entry => entry.State.ToString(),
        var entry => $"{entry.State}{entry.DraftState}",
    };
}
