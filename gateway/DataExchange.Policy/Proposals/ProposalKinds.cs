using System.Text.Json;
using DataExchange.Contracts.Log;
using DataExchange.Policy.Events;
using DataExchange.Policy.Json;
using DataExchange.Policy.Model;

namespace DataExchange.Policy.Proposals;

/// <summary>How the events about proposals are written and read.</summary>
internal static class ProposalKinds
{
    private static readonly PolicyJsonContext Json = PolicyJsonContext.Default;

    public static IReadOnlyList<EventKind> All { get; } =
    [
        new EventKind<ProposalMade, ProposalMadeRecord>(
            LeafKinds.ProposalMade, Json.ProposalMadeRecord,
            e => new(e.Id, e.ChangeKind, e.Change, e.Reason, e.Proposer, e.Expires) { Of = e.Of },
            r => new(r.Id, r.Kind, r.Change, r.Reason, r.Proposer, r.Expires) { Of = r.Of }),
        new EventKind<ProposalApproved, ProposalApprovedRecord>(LeafKinds.ProposalApproved, Json.ProposalApprovedRecord, e => new(e.Id, e.Signature), r => new(r.Id, r.Signature)),
        new EventKind<ProposalRejected, ProposalRejectedRecord>(
            LeafKinds.ProposalRejected, Json.ProposalRejectedRecord, e => new(e.Id, e.Signature, e.Reason), r => new(r.Id, r.Signature, r.Reason)),
        new EventKind<ProposalWithdrawn, ProposalWithdrawnRecord>(LeafKinds.ProposalWithdrawn, Json.ProposalWithdrawnRecord, e => new(e.Id), r => new(r.Id)),
        new EventKind<QuorumSet, RegionQuorum>(LeafKinds.QuorumSet, Json.RegionQuorum, e => e.Quorum, r => new(r)),
    ];
}

/// <summary>Record of <c>proposal.made</c>: what members sign.</summary>
internal sealed record ProposalMadeRecord(string Id, string Kind, JsonElement Change, string Reason, string Proposer, DateTimeOffset Expires)
{
    public long? Of { get; init; }
}

/// <summary>Record of <c>proposal.approved</c>.</summary>
internal sealed record ProposalApprovedRecord(string Id, string Signature);

/// <summary>Record of <c>proposal.rejected</c>.</summary>
internal sealed record ProposalRejectedRecord(string Id, string Signature, string Reason);

/// <summary>Record of <c>proposal.withdrawn</c>.</summary>
internal sealed record ProposalWithdrawnRecord(string Id);
