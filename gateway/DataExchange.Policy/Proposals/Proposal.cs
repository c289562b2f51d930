using System.Collections.Immutable;
using System.Text.Json;
using DataExchange.Contracts.Signatures;
using DataExchange.Policy.Events;
using DataExchange.Policy.Members;
using DataExchange.Policy.Rules;

namespace DataExchange.Policy.Proposals;

/// <summary>A proposal to change the region's rules.</summary>
public sealed record Proposal
{
    /// <summary>What was proposed.</summary>
    public required ProposalMade Made { get; init; }

    /// <summary>When, by the log.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>Index of the entry that made it.</summary>
    public required long MadeIndex { get; init; }

    /// <summary>Open until a vote or the proposer ends it; <see cref="StateIn"/> tells what rules and clock make of it.</summary>
    public ProposalState State { get; init; } = ProposalState.Open;

    /// <summary>The votes that count, one a member at most, in the order of the log.</summary>
    public ImmutableArray<Vote> Votes { get; init; } = [];

    /// <summary>How many approvals the last vote was counted against, and among how many members; null before the first.</summary>
    public Tally? Tally { get; init; }

    /// <summary>Index of the newest governance entry about it.</summary>
    public required long LogIndex { get; init; }

    public string Id => Made.Id;

    /// <summary>Members who approve.</summary>
    public int Approvals => Votes.Count(vote => vote.Approves);

    /// <summary>Members who reject.</summary>
    public int Rejections => Votes.Length - Approvals;

    /// <summary>What a member signs to approve.</summary>
    public byte[] Approval() => SignedStatement.Of(SignedStatement.Proposal, Id, Document());

    /// <summary>What a member signs to reject.</summary>
    public byte[] Rejection(string reason) => SignedStatement.Of(SignedStatement.Rejection, Id, Document(), reason);

    /// <summary>The record of <c>proposal.made</c>, as the log has it.</summary>
    public JsonElement Document() => JsonElement.Parse(GovernanceRecords.Write(Made));

    /// <summary>Where it stands under these rules at this moment.</summary>
    public ProposalState StateIn(RegionSnapshot rules, DateTimeOffset now) =>
        State != ProposalState.Open ? State
        : Made.Expires <= now ? ProposalState.Expired
        : RegionChanges.Obstacle(Made, rules) is not null ? ProposalState.Outdated
        : ProposalState.Open;

    internal Proposal With(Vote vote, MemberRegister members, int required)
    {
        var next = this with
        {
            Votes = [.. Votes.Where(other => other.Signer.Member != vote.Signer.Member), vote],
            Tally = new Tally(required, members.ActiveCount),
            LogIndex = vote.LogIndex,
        };
        return next with
        {
            // An approval enacts and a rejection rejects, and neither does the other: the quorum may have moved since the vote before.
            State = vote.Approves && next.Approvals >= required ? ProposalState.Enacted
                : !vote.Approves && members.ActiveCount - next.Rejections < required ? ProposalState.Rejected
                : ProposalState.Open,
        };
    }

    /// <summary>Without the votes of members that are suspended, and those under keys that are retired: they no longer speak for the member.</summary>
    internal Proposal Counting(MemberRegister members) =>
        Votes.All(vote => Counts(vote, members)) ? this : this with { Votes = [.. Votes.Where(vote => Counts(vote, members))] };

    private static bool Counts(Vote vote, MemberRegister members) =>
        members.Find(vote.Signer.Member) is { State: MemberState.Active } member && member.HasKey(vote.Signer.Key);
}

/// <summary>A quorum as it was applied.</summary>
/// <param name="Required">Approvals that were needed.</param>
/// <param name="Members">Members that were not suspended.</param>
public sealed record Tally(int Required, int Members);
