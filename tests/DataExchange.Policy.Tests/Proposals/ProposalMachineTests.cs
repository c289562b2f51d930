using System.Text.Json;
using DataExchange.Policy.Anomalies;
using DataExchange.Policy.Calendars;
using DataExchange.Policy.Commands;
using DataExchange.Policy.Events;
using DataExchange.Policy.Founding;
using DataExchange.Policy.Matters;
using DataExchange.Policy.Members;
using DataExchange.Policy.Model;
using DataExchange.Policy.Proposals;
using DataExchange.Policy.Purposes;
using DataExchange.Policy.Rules;
using DataExchange.Policy.Tests.Fixture;
using static DataExchange.Policy.Tests.Fixture.TestMembers;

namespace DataExchange.Policy.Tests.Proposals;

/// <summary>The machine against its table in <c>contracts/state-machines.md</c>, and what an approval is worth.</summary>
public class ProposalMachineTests
{
    private static readonly GovernanceEvent Change = new PurposeRegistered(Purpose("rental", days: 60));

    // Of seven members, four decide.
    private static readonly Dictionary<string, int> Voices = new()
    {
        ["proposer"] = 1, ["approver"] = 2, ["rejecter"] = 3, ["member"] = 4, ["last"] = 4, ["blocker"] = 4,
    };

    private static readonly Dictionary<string, Party> Strangers = new()
    {
        ["nobody"] = Party.Nobody,
        ["operator"] = new() { ClientId = "demo-desk", UserId = "operator", Roles = [Roles.Operator] },
        ["reviewer"] = new() { ClientId = "demo-desk", UserId = "reviewer", Roles = [Roles.Reviewer] },
        ["steward of no member"] = new() { ClientId = "demo-desk", UserId = "s", Roles = [Roles.Steward] },
        ["steward who claims a member"] = new() { Member = "m1", ClientId = "demo-desk", UserId = "s", Roles = [Roles.Steward] },
        ["system of a member"] = new() { Member = "m4", ClientId = "m4-steward", Roles = [Roles.DepartmentSystem] },
        ["operator at a member's client"] = new() { Member = "m4", ClientId = "m4-steward", UserId = "o", Roles = [Roles.Operator] },
        ["steward of a suspended member"] = Steward(8),
    };

    [Fact]
    public void Every_state_command_and_party_does_what_the_table_says()
    {
        var table = MachineTable.Read("Proposal");
        Assert.Equal(Enum.GetNames<ProposalState>().Where(name => name != "None"), table.States);
        Assert.Equal(Voices.Keys.Order(), table.Parties);
        foreach (var state in table.States)
        {
            foreach (var command in table.Commands)
            {
                foreach (var party in Voices.Keys.Concat(Strangers.Keys))
                {
                    Check(table, state, command, party);
                }
            }
        }
    }

    private static void Check(MachineTable table, string state, string command, string party)
    {
        var (rules, now) = In(state, party);
        var proposal = rules.Newest();
        Assert.Equal(state, proposal.StateIn(rules, now).ToString());

        // These two are situations that a member can be in, not members of another kind.
        var named = (party, command) is ("last", not "approve") or ("blocker", not "reject") ? "member" : party;
        var about = $"{party} gives '{command}' in the state {state}";
        var outcome = Command(command, proposal, party).Handle(rules, now);
        if (table.Next(state, command, named) is { } next)
        {
            Assert.True(outcome.Event is not null, $"{about}: {outcome.Problem} {outcome.Detail}");
            var after = rules.Apply(outcome.Event, rules.GovernanceSize, now);
            Assert.Equal(next, after.Newest().StateIn(after, now).ToString());
            Assert.Equal(next == "Enacted" ? 60 : 30, after.FindPurpose("rental")!.RetentionDays);
            Assert.Null(LogBreach.Find(rules, outcome.Event, rules.GovernanceSize, now));
        }
        else if (table.Knows(command, named))
        {
            Assert.True(outcome.Problem?.Code == "state-conflict", $"{about}: {outcome.Event} {outcome.Problem}");
            Assert.Equal(table.Legal(state, named == "last" || named == "blocker" ? "member" : named), outcome.Next);
        }
        else
        {
            Assert.True(outcome.Problem?.Code == "actor-not-authorised", $"{about}: {outcome.Event} {outcome.Problem}");
        }
    }

    /// <summary>Seven members and one that is suspended; a proposal of the first in that state, where this party has done what its name says.</summary>
    private static (RegionSnapshot Rules, DateTimeOffset Now) In(string state, string party)
    {
        var rules = Region(8).Then(new MemberSuspended("m8", "Away.")).Given(Propose(1, Change));
        rules = Votes(rules, approve: [2], reject: [3]);
        return state switch
        {
            "Open" => (party switch { "last" => Votes(rules, approve: [5, 6]), "blocker" => Votes(rules, reject: [5, 6]), _ => rules }, Now),
            "Outdated" => (rules.Then(new PurposeRegistered(Purpose("rental"))), Now),
            "Expired" => (rules, Now.AddDays(60)),
            "Enacted" => (Votes(rules, approve: [5, 6, 7]).Then(new PurposeRegistered(Purpose("rental"))), Now),
            "Rejected" => (Votes(rules, reject: [5, 6, 7]), Now),
            "Withdrawn" => (rules.Given(new WithdrawProposal { By = Steward(1), Id = rules.Newest().Id }), Now),
            _ => throw new ArgumentOutOfRangeException(nameof(state), state, "No way leads there."),
        };
    }

    private static RegionSnapshot Votes(RegionSnapshot rules, int[]? approve = null, int[]? reject = null)
    {
        rules = (approve ?? []).Aggregate(rules, (next, i) => next.Given(Approve(i, next.Newest())));
        return (reject ?? []).Aggregate(rules, (next, i) => next.Given(Reject(i, next.Newest())));
    }

    private static GovernanceCommand Command(string command, Proposal proposal, string party)
    {
        var voice = Voices.GetValueOrDefault(party, party == "steward of a suspended member" ? 8 : 4);
        GovernanceCommand given = command switch
        {
            "approve" => Approve(voice, proposal),
            "reject" => Reject(voice, proposal),
            _ => new WithdrawProposal { By = Steward(voice), Id = proposal.Id },
        };
        return Strangers.TryGetValue(party, out var stranger) ? given with { By = stranger } : given;
    }

    [Fact]
    public void Only_stewards_of_members_that_are_not_suspended_propose()
    {
        var rules = Region(8).Then(new MemberSuspended("m8", "Away."));
        Assert.All(Strangers, stranger => Assert.Equal("actor-not-authorised", (Propose(1, Change) with { By = stranger.Value }).Handle(rules, Now).Problem?.Code));
        Assert.NotNull(Propose(1, Change).Handle(rules, Now).Event);
    }

    [Fact]
    public void A_signature_counts_for_its_member_its_statement_and_its_proposal_only()
    {
        var rules = Region(7).Given(Propose(1, Change)).Given(Propose(1, new PurposeWithdrawn("rental", "Over.")));
        var (one, other) = (rules.Proposals.All.Single(p => p.Made.ChangeKind == Change.Kind), rules.Newest());
        var good = Approve(2, one);
        Assert.NotNull(good.Handle(rules, Now).Event);
        Refused(good with { Signature = Approve(3, one).Signature });
        Refused(good with { Signature = Sign(2, one.Approval(), key: 9) });
        Refused(good with { Signature = Approve(2, other).Signature });
        Refused(good with { Signature = Reject(2, one).Signature });
        Refused(good with { Signature = "" });
        Refused(Reject(2, one) with { Signature = good.Signature });
        Refused(Reject(2, one) with { Reason = "Another reason than was signed." });

        void Refused(GovernanceCommand command) => Assert.Equal("request-malformed", command.Handle(rules, Now).Problem?.Code);
    }

    [Fact]
    public void The_approval_that_completes_the_quorum_is_the_change()
    {
        var rules = Votes(Region(3).Given(Propose(1, Change)), approve: [1]);
        var size = rules.GovernanceSize;
        rules = Votes(rules, approve: [2]);
        Assert.Equal(size + 1, rules.GovernanceSize);
        Assert.Equal(60, rules.FindPurpose("rental")!.RetentionDays);
        Assert.Equal(size, rules.Purposing.VersionOf("rental"));
        Assert.Equal(new Tally(2, 3), rules.Newest().Tally);
    }

    [Fact]
    public void A_suspended_members_votes_do_not_count_and_do_not_come_back()
    {
        var rules = Votes(Region(7).Given(Propose(1, Change)), approve: [1, 2, 3]);
        var id = rules.Newest().Id;
        rules = rules.Then(new MemberSuspended("m3", "Away."));
        Assert.Equal(2, rules.Proposals.Find(id)!.Approvals);
        rules = rules.Then(new MemberReinstated("m3", "Back."));
        rules = rules.Given(Approve(4, rules.Proposals.Find(id)!));
        Assert.Equal((3, ProposalState.Open), (rules.Proposals.Find(id)!.Approvals, rules.Proposals.Find(id)!.State));
        rules = rules.Given(Approve(3, rules.Proposals.Find(id)!));
        Assert.Equal(ProposalState.Enacted, rules.Proposals.Find(id)!.State);
    }

    [Fact]
    public void A_vote_under_a_retired_key_does_not_count()
    {
        var rules = Votes(Region(7).Given(Propose(1, Change)), approve: [1, 2, 3]);
        var member = rules.Membership.Find("m3")!;
        rules = rules.Then(new KeyRotated("m3", member.LogIndex, Jwks(10), ""));
        Assert.Equal(2, rules.Newest().Approvals);
        Assert.Equal("request-malformed", Approve(3, rules.Newest()).Handle(rules, Now).Problem?.Code);
        Assert.Equal(3, rules.Given(Approve(3, rules.Newest(), key: 10)).Newest().Approvals);
    }

    [Fact]
    public void When_the_quorum_falls_to_those_who_have_approved_one_of_them_says_so_again()
    {
        var rules = Votes(Region(5, quorum: 3).Given(Propose(1, Change)), approve: [1, 2]);
        rules = rules.Then(new QuorumSet(new RegionQuorum { Approvals = 2 }));
        Assert.Equal(ProposalState.Open, rules.Newest().State);
        Assert.Equal(ProposalState.Enacted, Votes(rules, approve: [2]).Newest().State);
    }

    [Fact]
    public void A_rejection_never_enacts_although_the_quorum_has_fallen_to_those_who_approved()
    {
        var rules = Votes(Region(5, quorum: 3).Given(Propose(1, Change)), approve: [1, 2]);
        rules = Votes(rules.Then(new QuorumSet(new RegionQuorum { Approvals = 2 })), reject: [3]);
        Assert.Equal((ProposalState.Open, 30), (rules.Newest().State, rules.FindPurpose("rental")!.RetentionDays));
        rules = Votes(rules, approve: [4]);
        Assert.Equal((ProposalState.Enacted, 60), (rules.Newest().State, rules.FindPurpose("rental")!.RetentionDays));
    }

    [Fact]
    public void Everything_that_is_wrong_with_a_proposal_is_said_at_once()
    {
        var rules = Region(3);
        var purpose = Purpose("No Code", days: 0) with { Service = " ", Limits = new Dictionary<string, IReadOnlyList<string>> { ["no/dataset"] = [] } };
        var outcome = (Propose(1, new PurposeRegistered(purpose)) with { Reason = "" }).Handle(rules, Now);
        Assert.Equal("request-malformed", outcome.Problem?.Code);
        Assert.Equal(["$.change.code", "$.change.limits", "$.change.retentionDays", "$.change.service", "$.reason"], outcome.Faults!.Select(fault => fault.Path).Order());
    }

    [Theory]
    [InlineData("agreement.activated", "{}", "$.kind")]
    [InlineData("no-kind", "{}", "$.kind")]
    [InlineData("purpose.withdrawn", "[]", "$.change")]
    [InlineData("purpose.withdrawn", "{}", "$.change")]
    [InlineData("purpose.withdrawn", """{"purpose":"rental","reason":null}""", "$.change.reason")]
    [InlineData("purpose.withdrawn", """{"purpose":"rental","reason":"x","more":1}""", "$.change.more")]
    [InlineData("purpose.withdrawn", """{"purpose":"other","reason":"x"}""", "$.change.purpose")]
    [InlineData("purpose.withdrawn", """{"purpose":1,"reason":"x"}""", "$.change.purpose")]
    [InlineData("quorum.set", """{"approvals":1}""", "$.change.approvals")]
    [InlineData("quorum.set", """{"approvals":4}""", "$.change.approvals")]
    [InlineData("witness.appointed", """{"mode":"Async","policy":""}""", "$.change.policy")]
    [InlineData("calendar.set", """{"region":"cn","year":2027,"source":"s","holidays":[],"workdays":["2027-01-04"]}""", "$.change")]
    [InlineData("member.suspended", """{"member":"m2","reason":""}""", "$.change.reason")]
    public void A_change_that_the_rules_do_not_allow_is_not_proposed(string kind, string change, string path)
    {
        var outcome = new MakeProposal { By = Steward(1), Kind = kind, Change = JsonElement.Parse(change), Reason = "x" }.Handle(Region(3), Now);
        Assert.Equal("request-malformed", outcome.Problem?.Code);
        Assert.Contains(outcome.Faults!, fault => fault.Path == path);
    }

    [Fact]
    public void What_only_the_host_can_judge_is_a_fault_like_any_other()
    {
        var change = new WitnessesAppointed(new WitnessAppointment { Mode = WitnessRequirement.Async, Policy = "nonsense" });
        var outcome = (Propose(1, change) with { HostCheck = _ => [new FoundingFault("$.change.policy", "is nonsense.")] }).Handle(Region(3), Now);
        Assert.Equal("$.change.policy", Assert.Single(outcome.Faults!).Path);
    }

    [Fact]
    public void No_suspension_leaves_fewer_members_than_the_quorum_asks_for()
    {
        var rules = Region(3, quorum: 3);
        Assert.Equal("$.change.member", Assert.Single(Propose(1, new MemberSuspended("m2", "x")).Handle(rules, Now).Faults!).Path);

        // Two suspensions at once: each would be fine, both are not.
        rules = Region(4, quorum: 3).Given(Propose(1, new MemberSuspended("m3", "x"))).Given(Propose(1, new MemberSuspended("m4", "x")));
        var (first, second) = (rules.Proposals.All.MinBy(p => p.MadeIndex)!.Id, rules.Newest().Id);
        rules = new[] { 1, 2, 3 }.Aggregate(rules, (next, i) => next.Given(Approve(i, next.Proposals.Find(first)!)));
        Assert.Equal(ProposalState.Outdated, rules.Proposals.Find(second)!.StateIn(rules, Now));
        Assert.Equal("state-conflict", Approve(1, rules.Proposals.Find(second)!).Handle(rules, Now).Problem?.Code);
    }

    [Fact]
    public void A_member_cannot_hold_up_its_suspension_and_nobody_overwrites_what_it_changed_itself()
    {
        var rules = Region(4).Given(Propose(1, new MemberSuspended("m4", "x")));
        rules = rules.Given(Propose(1, new MemberAdmitted(Member(4) with { Names = new LocalizedText { ["zh"] = "新", ["en"] = "New" } })));
        rules = rules.Then(new KeyRotated("m4", rules.Membership.Find("m4")!.LogIndex, Jwks(4, 11), ""));
        var states = rules.Proposals.All.OrderBy(p => p.MadeIndex).Select(p => p.StateIn(rules, Now));
        Assert.Equal([ProposalState.Open, ProposalState.Outdated], states);
    }

    [Fact]
    public void The_quorum_changes_under_the_old_one()
    {
        var rules = Region(5).Given(Propose(1, new QuorumSet(new RegionQuorum { Approvals = 5 })));
        rules = Votes(rules, approve: [1, 2, 3]);
        Assert.Equal(5, rules.Proposals.Required(5));
        rules = Votes(rules.Given(Propose(1, Change)), approve: [1, 2, 3, 4]);
        Assert.Equal(30, rules.FindPurpose("rental")!.RetentionDays);
        Assert.Equal(60, Votes(rules, approve: [5]).FindPurpose("rental")!.RetentionDays);
    }

    [Fact]
    public void Every_kind_of_change_takes_effect_when_it_is_decided()
    {
        var rules = Region(3).Decided(new MemberAdmitted(Member(4)));
        Assert.Equal(4, rules.Membership.ActiveCount);
        rules = rules.Decided(new MemberSuspended("m4", "x"));
        Assert.Equal("x", rules.Membership.Find("m4")!.SuspendedBecause);
        rules = rules.Decided(new MemberReinstated("m4", "y"));
        Assert.Equal(MemberState.Active, rules.Membership.Find("m4")!.State);
        Assert.Null(rules.Decided(new PurposeWithdrawn("rental", "x")).FindPurpose("rental"));
        var year = JsonElement.Parse("""{"region":"cn","year":2027,"source":"Notice","holidays":[{"names":{"zh":"元旦","en":"New Year"},"from":"2027-01-04","to":"2027-01-04"}],"workdays":[]}""");
        var calendar = (CalendarSet)RegionChanges.Read("calendar.set", year).Change!;
        var before = rules;
        rules = rules.Decided(calendar);
        Assert.True(before.Calendar.Working.IsWorkingDay(new DateOnly(2027, 1, 4)));
        Assert.False(rules.Calendar.Working.IsWorkingDay(new DateOnly(2027, 1, 4)));
        var appointment = new WitnessAppointment { Mode = WitnessRequirement.Async, Policy = "quorum none\n" };
        Assert.Equal(appointment, rules.Decided(new WitnessesAppointed(appointment)).Witnesses);
        Assert.Equal(AnomalyRuleSet.Recommended.Revision, rules.Decided(new MonitoringSet(AnomalyRuleSet.Recommended)).Monitoring!.Revision);
        var needed = rules.Then(new DatasetPublished(TestRegion.Document.Datasets[0])).Decided(new PurposeRegistered(TestRegion.Document.Purposes[0]));
        var matter = TestCases.Home with { Desks = ["m1-steward"] };
        Assert.Equal(matter.OpenDays, needed.Decided(new MatterDefined(matter)).Matters.Find("home", 1)!.Matter.OpenDays);
        Assert.Equal(
            ["calendar.set", "matter.defined", "member.admitted", "member.reinstated", "member.suspended", "monitoring.set", "purpose.registered", "purpose.withdrawn", "quorum.set", "witness.appointed"],
            RegionChanges.Kinds.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_page_names_every_kind_that_can_be_proposed()
    {
        var page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "contracts", "governance-events.md"));
        var section = page[page.IndexOf("## Proposals", StringComparison.Ordinal)..];
        section = section[..section.IndexOf("At the founding", StringComparison.Ordinal)];
        Assert.All(RegionChanges.Kinds, kind => Assert.Contains($"`{kind}`", section, StringComparison.Ordinal));
    }
}
