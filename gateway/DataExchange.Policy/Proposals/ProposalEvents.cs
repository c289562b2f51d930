using System.Text.Json;
using DataExchange.Contracts.Log;
using DataExchange.Policy.Events;
using DataExchange.Policy.Model;
using DataExchange.Policy.Signatures;

namespace DataExchange.Policy.Proposals;

/// <summary>Something happened to a proposal. Open: who wants to change the region's rules, and who agreed, is for anyone to read.</summary>
/// <param name="Kind">The event's kind.</param>
/// <param name="Id">32 lower-case hexadecimal digits.</param>
public abstract record ProposalEvent(string Kind, string Id) : GovernanceEvent(Kind)
{
    public override string? Thing => Id;
}

/// <summary>A member proposes to change the region's rules. The record of this event is what members sign.</summary>
/// <param name="Id">The proposal.</param>
/// <param name="ChangeKind">Kind of the event that the change is, for instance <c>member.suspended</c>.</param>
/// <param name="Change">The record of that event, as the proposer wrote it.</param>
/// <param name="Reason">Why, for everybody to read.</param>
/// <param name="Proposer">The member.</param>
/// <param name="Expires">From then on it can no longer be approved.</param>
public sealed record ProposalMade(string Id, string ChangeKind, JsonElement Change, string Reason, string Proposer, DateTimeOffset Expires)
    : ProposalEvent(LeafKinds.ProposalMade, Id)
{
    /// <summary>The version of what it changes; null for a thing that is not there yet.</summary>
    public long? Of { get; init; }
}

/// <summary>
/// A member approves. The approval that completes the quorum is the enactment: the change takes effect with this entry, and nothing else is
/// logged for it.
/// </summary>
/// <param name="Id">The proposal.</param>
/// <param name="Signature">Compact JWS of the member under <c>{"proposal":"{id}","sha256":"…"}</c>.</param>
public sealed record ProposalApproved(string Id, string Signature) : ProposalEvent(LeafKinds.ProposalApproved, Id)
{
    /// <summary>Whose it is. It was verified before it was logged.</summary>
    /// <exception cref="FormatException">It names no key.</exception>
    public MemberKeyId Signer => MemberSignature.SignerOf(Signature);
}

/// <summary>A member rejects. When so many do that the quorum is out of reach, the proposal is rejected.</summary>
/// <param name="Id">The proposal.</param>
/// <param name="Signature">Compact JWS of the member under <c>{"reason":"…","rejection":"{id}","sha256":"…"}</c>.</param>
/// <param name="Reason">Why: part of what is signed.</param>
public sealed record ProposalRejected(string Id, string Signature, string Reason) : ProposalEvent(LeafKinds.ProposalRejected, Id)
{
    /// <inheritdoc cref="ProposalApproved.Signer"/>
    public MemberKeyId Signer => MemberSignature.SignerOf(Signature);
}

/// <summary>The proposer takes it back.</summary>
public sealed record ProposalWithdrawn(string Id) : ProposalEvent(LeafKinds.ProposalWithdrawn, Id);

/// <summary>From here on so many members have to approve.</summary>
public sealed record QuorumSet(RegionQuorum Quorum) : GovernanceEvent(LeafKinds.QuorumSet);
