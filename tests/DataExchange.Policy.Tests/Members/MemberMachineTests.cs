using System.Text.Json;
using System.Text.Json.Nodes;
using DataExchange.Contracts.Signatures;
using DataExchange.Policy.Commands;
using DataExchange.Policy.Events;
using DataExchange.Policy.Members;
using DataExchange.Policy.Model;
using DataExchange.Policy.Rules;
using DataExchange.Policy.Tests.Fixture;
using static DataExchange.Policy.Tests.Fixture.TestMembers;

namespace DataExchange.Policy.Tests.Members;

/// <summary>The machine against its table in <c>contracts/state-machines.md</c>, and what keys and clients are worth.</summary>
public class MemberMachineTests
{
    private const string Code = "m4";

    private static readonly Dictionary<string, Party> Strangers = new()
    {
        ["nobody"] = Party.Nobody,
        ["operator"] = new() { ClientId = "demo-desk", UserId = "operator", Roles = [Roles.Operator] },
        ["steward of another member"] = Steward(1),
        ["system of the member"] = new() { Member = Code, ClientId = "m4-steward", Roles = [Roles.DepartmentSystem] },
        ["steward who claims the member"] = new() { Member = Code, ClientId = "demo-desk", UserId = "s", Roles = [Roles.Steward] },
    };

    [Fact]
    public void Every_state_command_and_party_does_what_the_table_says()
    {
        var table = MachineTable.Read("Member");
        Assert.Equal(["(none)", "Active", "Suspended"], table.States);
        Assert.Equal(["members", "steward"], table.Parties);
        foreach (var state in table.States)
        {
            var rules = In(state);
            Assert.Equal(state, StateOf(rules));
            foreach (var command in table.Commands)
            {
                foreach (var party in Strangers.Keys.Concat(["steward", "members"]))
                {
                    Check(table, rules, state, command, party);
                }
            }
        }
    }

    private static void Check(MachineTable table, RegionSnapshot rules, string state, string command, string party)
    {
        var about = $"{party} gives '{command}' in the state {state}";
        if (command.Contains('.', StringComparison.Ordinal))
        {
            // Whoever is no steward of a member cannot even propose it; a steward alone can propose it, and decides nothing.
            var by = party == "members" ? Steward(1) : party == "steward" ? Steward(4) : Strangers[party];
            var outcome = (Propose(1, Change(command)) with { By = by }).Handle(rules, Now);
            if (party is not ("members" or "steward of another member") && (party != "steward" || state != "Active"))
            {
                Assert.True(outcome.Problem?.Code == "actor-not-authorised", $"{about}: {outcome.Event} {outcome.Problem}");
            }
            else if (table.Next(state, command, "members") is { } next)
            {
                Assert.True(outcome.Event is not null, $"{about}: {outcome.Problem} {outcome.Detail} {outcome.Faults?[0]}");
                Assert.Equal(state, StateOf(rules.Then(outcome.Event)));
                Assert.Equal(next, StateOf(rules.Decided(Change(command))));
            }
            else
            {
                Assert.True(outcome.Problem?.Code == "state-conflict", $"{about}: {outcome.Event} {outcome.Problem}");
                Assert.Equal(table.Legal(state, "members"), outcome.Next);
            }
        }
        else
        {
            var by = party == "steward" ? Steward(4) : party == "members" ? Steward(1) : Strangers[party];
            var outcome = (command == "keys" ? (MemberCommand)Rotate(rules) : SetClients(rules)) with { By = by };
            var result = outcome.Handle(rules, Now);
            if (table.Next(state, command, party) is { } next)
            {
                Assert.True(result.Event is not null, $"{about}: {result.Problem} {result.Detail}");
                Assert.Null(LogBreach.Find(rules, result.Event, rules.GovernanceSize, Now));
                Assert.Equal(next, StateOf(rules.Then(result.Event)));
            }
            else
            {
                Assert.True(result.Problem?.Code == (state == "(none)" ? "not-found" : "actor-not-authorised"), $"{about}: {result.Event} {result.Problem}");
            }
        }
    }

    private static RegionSnapshot In(string state) => state switch
    {
        "(none)" => Region(3),
        "Active" => Region(4),
        _ => Region(4).Then(new MemberSuspended(Code, "Away.")),
    };

    private static string StateOf(RegionSnapshot rules) => rules.Membership.Find(Code)?.State.ToString() ?? "(none)";

    private static GovernanceEvent Change(string kind) => kind switch
    {
        "member.admitted" => new MemberAdmitted(Member(4)),
        "member.suspended" => new MemberSuspended(Code, "Because."),
        _ => new MemberReinstated(Code, "Because."),
    };

    private static long VersionOf(RegionSnapshot rules) => rules.Membership.Find(Code)?.LogIndex ?? 0;

    private static RotateKeys Rotate(RegionSnapshot rules, JsonElement? keys = null, int signedBy = 4, long? of = null) => new()
    {
        By = Steward(4),
        Code = Code,
        Keys = keys ?? Jwks(9),
        Signature = Sign(4, SignedStatement.Of("keys", $"{Code}@{of ?? VersionOf(rules)}", keys ?? Jwks(9)), key: signedBy),
    };

    private static SetClients SetClients(RegionSnapshot rules, string clients = """[{"clientId":"m4-steward"},{"clientId":"m4-system"}]""") => new()
    {
        By = Steward(4),
        Code = Code,
        Clients = JsonElement.Parse(clients),
        Signature = Sign(4, SignedStatement.Of("clients", $"{Code}@{VersionOf(rules)}", JsonElement.Parse(clients))),
    };

    [Fact]
    public void A_retired_key_is_kept_with_the_part_of_the_log_in_which_it_counted()
    {
        var rules = Region(4);
        var admitted = VersionOf(rules);
        rules = rules.Given(Rotate(rules, Jwks(4, 9)));
        var both = VersionOf(rules);
        rules = rules.Given(Rotate(rules, Jwks(9)));
        var keys = rules.Membership.Find(Code)!.Keys;
        Assert.Equal([("k4", admitted, VersionOf(rules)), ("k9", both, null)], keys.Select(key => (key.Id, key.From, key.Until)));
        Assert.Equal(["member.admitted", "key.rotated", "key.rotated"], rules.Membership.Find(Code)!.History.Select(change => change.Kind));
    }

    [Fact]
    public void Keys_are_replaced_by_a_key_that_counts_until_then_for_one_version_and_once()
    {
        var rules = Region(4);
        var first = Rotate(rules, Jwks(4, 9));
        Refused(rules, Rotate(rules, signedBy: 9));
        Refused(rules, Rotate(rules, of: VersionOf(rules) - 1));
        Refused(rules, Rotate(rules) with { Keys = Jwks(10) });
        Refused(rules, Rotate(rules) with { Signature = SetClients(rules).Signature });
        rules = rules.Given(first);
        Refused(rules, first);
        rules = rules.Given(Rotate(rules, Jwks(9)));
        Refused(rules, Rotate(rules, Jwks(10), signedBy: 4));
        Assert.NotNull(Rotate(rules, Jwks(10), signedBy: 9).Handle(rules, Now).Event);
    }

    [Fact]
    public void A_key_id_names_one_key_for_ever()
    {
        var rules = Region(4);
        rules = rules.Given(Rotate(rules));

        // The retired key again, and another key under its id.
        var again = Rotate(rules, Jwks(9, 4), signedBy: 9).Handle(rules, Now);
        Assert.Contains("'k4'", Assert.Single(again.Faults!).Message, StringComparison.Ordinal);
        var other = JsonNode.Parse(Jwks(10).GetRawText())!;
        other["keys"]![0]!["kid"] = "k9";
        var renamed = Rotate(rules, JsonElement.Parse(other.ToJsonString()), signedBy: 9).Handle(rules, Now);
        Assert.Equal("$.keys", Assert.Single(renamed.Faults!).Path);
        var admitted = Propose(1, new MemberAdmitted(Member(4))).Handle(rules, Now);
        Assert.Equal("$.change.keys", Assert.Single(admitted.Faults!).Path);
    }

    [Fact]
    public void A_member_that_lost_its_keys_is_given_new_ones_by_the_others()
    {
        var rules = Region(4).Decided(new MemberAdmitted(Member(4, key: 12)));
        Assert.False(rules.Membership.Find(Code)!.HasKey("k4"));
        Assert.NotNull(Rotate(rules, signedBy: 12).Handle(rules, Now).Event);
    }

    [Theory]
    [InlineData("""{"keys":[]}""")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"keys":[{"kty":"EC","crv":"P-256","kid":"k"}]}""")]
    public void What_is_no_jwks_replaces_nothing(string keys)
    {
        var rules = Region(4);
        Assert.Equal("$.keys", Assert.Single(Rotate(rules, JsonElement.Parse(keys)).Handle(rules, Now).Faults!).Path);
    }

    [Fact]
    public void Clients_are_those_of_the_newest_list_and_of_one_member_only()
    {
        var rules = Region(4);
        rules = rules.Given(SetClients(rules));
        Assert.Equal(Code, rules.FindMemberByClient("m4-system")?.Code);
        rules = rules.Given(SetClients(rules, """[{"clientId":"m4-steward"}]"""));
        Assert.Null(rules.FindMemberByClient("m4-system"));

        var taken = SetClients(rules, """[{"clientId":"m4-steward"},{"clientId":"m1-steward"}]""").Handle(rules, Now);
        Assert.Equal("state-conflict", taken.Problem?.Code);
        Assert.Equal(["clients", "keys"], taken.Next!.Order());
        var admitted = Propose(1, new MemberAdmitted(Member(4) with { Clients = [new ClientRegistration("m1-steward")] })).Handle(rules, Now);
        Assert.Equal("$.change.clients", Assert.Single(admitted.Faults!).Path);
    }

    [Theory]
    [InlineData("""[{"clientId":"m4-steward"},{"clientId":"m4-steward"}]""")]
    [InlineData("""[{"clientId":" "}]""")]
    [InlineData("""[{"clientId":"m4-steward","certificateThumbprint":"short"}]""")]
    [InlineData("""[{"clientId":"m4-steward","certificateThumbprint":null}]""")]
    [InlineData("""[{"clientId":"m4-steward","more":1}]""")]
    [InlineData("""{"clientId":"m4-steward"}""")]
    [InlineData("""["m4-steward"]""")]
    [InlineData("null")]
    public void A_list_of_clients_that_cannot_be_kept_is_refused_with_the_place(string clients)
    {
        var rules = Region(4);
        Assert.StartsWith("$.clients", Assert.Single(SetClients(rules, clients).Handle(rules, Now).Faults!).Path, StringComparison.Ordinal);
    }

    [Fact]
    public void An_older_version_is_told_so_and_not_that_its_signature_is_bad()
    {
        var rules = Region(4);
        var old = Rotate(rules) with { IfVersion = VersionOf(rules) };
        rules = rules.Given(SetClients(rules));
        Assert.Equal("precondition-failed", old.Handle(rules, Now).Problem?.Code);
    }

    private static void Refused(RegionSnapshot rules, MemberCommand command) => Assert.Equal("request-malformed", command.Handle(rules, Now).Problem?.Code);
}
