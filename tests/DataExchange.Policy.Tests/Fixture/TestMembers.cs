using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DataExchange.Policy.Commands;
using DataExchange.Policy.Events;
using DataExchange.Policy.Model;
using DataExchange.Policy.Proposals;
using DataExchange.Policy.Rules;

namespace DataExchange.Policy.Tests.Fixture;

/// <summary>A region of members <c>m1</c>, <c>m2</c> … that decide together, each with a key and a steward.</summary>
internal static class TestMembers
{
    public static readonly DateTimeOffset Now = TestRegion.Now;

    private static readonly ECDsa[] Keys = [.. Enumerable.Range(0, 16).Select(_ => ECDsa.Create(ECCurve.NamedCurves.nistP256))];

    /// <summary>So many members, and the purpose <c>rental</c>.</summary>
    public static RegionSnapshot Region(int members, int? quorum = null)
    {
        GovernanceEvent[] events =
        [
            .. Enumerable.Range(1, members).Select(i => new MemberAdmitted(Member(i))),
            new PurposeRegistered(Purpose("rental")),
            .. (GovernanceEvent[])(quorum is { } k ? [new QuorumSet(new RegionQuorum { Approvals = k })] : []),
        ];
        return TestRegion.Fold(events.Prepend(new RegionFounded("test.example", [], Now) { Entries = events.Length + 1 }));
    }

    /// <summary>The record of member <c>m{i}</c>, whose key <c>k{key}</c> is one of sixteen.</summary>
    public static Member Member(int i, int? key = null) => new()
    {
        Code = $"m{i}",
        Names = new LocalizedText { ["zh"] = $"成员{i}", ["en"] = $"Member {i}" },
        Keys = Jwks(key ?? i),
        Clients = [new ClientRegistration($"m{i}-steward")],
    };

    public static JsonElement Jwks(params int[] keys) =>
        JsonElement.Parse(new JsonObject { ["keys"] = new JsonArray([.. keys.Select(key => (JsonNode)TestFounding.PublicKey(Keys[key], $"k{key}"))]) }.ToJsonString());

    public static Purpose Purpose(string code, int days = 30) => new()
    {
        Code = code,
        Names = new LocalizedText { ["zh"] = "目的", ["en"] = "Purpose" },
        Service = "Service",
        Limits = new Dictionary<string, IReadOnlyList<string>>(),
        RetentionDays = days,
    };

    public static Party Steward(int i) => new() { Member = $"m{i}", ClientId = $"m{i}-steward", UserId = $"steward-{i}", Roles = [Roles.Steward] };

    /// <summary>A compact JWS of member <c>m{i}</c>.</summary>
    public static string Sign(int i, byte[] statement, int? key = null)
    {
        var signed = $"{Encode($$"""{"alg":"ES256","kid":"m{{i}}/k{{key ?? i}}"}""")}.{Base64Url.EncodeToString(statement)}";
        return $"{signed}.{Base64Url.EncodeToString(Keys[key ?? i].SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }

    /// <summary>The record of an event, as somebody writes it into a proposal.</summary>
    public static JsonElement Written(GovernanceEvent change) => JsonElement.Parse(GovernanceRecords.Write(change));

    public static MakeProposal Propose(int i, GovernanceEvent change) => new() { By = Steward(i), Kind = change.Kind, Change = Written(change), Reason = "Because." };

    public static ApproveProposal Approve(int i, Proposal proposal, int? key = null) => new() { By = Steward(i), Id = proposal.Id, Signature = Sign(i, proposal.Approval(), key) };

    public static RejectProposal Reject(int i, Proposal proposal, string reason = "No.") =>
        new() { By = Steward(i), Id = proposal.Id, Signature = Sign(i, proposal.Rejection(reason)), Reason = reason };

    /// <summary>The rules after an entry of the log.</summary>
    public static RegionSnapshot Then(this RegionSnapshot rules, GovernanceEvent @event) => rules.Apply(@event, rules.GovernanceSize, Now);

    /// <summary>The rules after a command that has to be accepted, and whose event may stand in the log.</summary>
    public static RegionSnapshot Given(this RegionSnapshot rules, GovernanceCommand command)
    {
        var outcome = command.Handle(rules, Now);
        Assert.True(outcome.Event is not null, $"{outcome.Problem}: {outcome.Detail} {string.Join("; ", outcome.Faults?.Select(fault => fault.ToString()) ?? [])}");
        Assert.Null(LogBreach.Find(rules, outcome.Event, rules.GovernanceSize, Now));
        return rules.Then(outcome.Event);
    }

    /// <summary>The newest proposal.</summary>
    public static Proposal Newest(this RegionSnapshot rules) => rules.Proposals.All.MaxBy(proposal => proposal.MadeIndex)!;

    /// <summary>The rules after the first <c>k</c> members that are not suspended have made and approved a change.</summary>
    public static RegionSnapshot Decided(this RegionSnapshot rules, GovernanceEvent change)
    {
        var active = Enumerable.Range(1, 12).Where(i => rules.Membership.FindActive($"m{i}") is not null).ToList();
        rules = rules.Given(Propose(active[0], change));
        var id = rules.Newest().Id;
        foreach (var i in active.Take(rules.Proposals.Required(active.Count)))
        {
            rules = rules.Given(Approve(i, rules.Proposals.Find(id)!));
        }

        Assert.Equal(ProposalState.Enacted, rules.Proposals.Find(id)!.State);
        return rules;
    }

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
