using System.Text.Json;
using System.Text.Json.Serialization;
using DataExchange.Contracts.Records;

namespace DataExchange.Contracts.Proposals;

/// <summary>Body of <c>POST /v1/proposals</c>: a member proposes a change of the region's rules.</summary>
public sealed record ProposalRequest
{
    /// <summary>Kind of the governance event that the change is, for instance <c>purpose.registered</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The record of that event, as <c>contracts/governance-events.md</c> describes it.</summary>
    public required JsonElement Change { get; init; }

    /// <summary>Why. Stands in the governance log for anyone to read: no personal data.</summary>
    public required string Reason { get; init; }
}

/// <summary>Body of <c>POST /v1/proposals/{id}/approve</c>.</summary>
public sealed record ProposalApproval
{
    /// <summary>The member's compact JWS under <c>{"proposal":"{id}","sha256":"…"}</c>.</summary>
    public required string Signature { get; init; }
}

/// <summary>Body of <c>POST /v1/proposals/{id}/reject</c>.</summary>
public sealed record ProposalRejection
{
    /// <summary>The member's compact JWS under <c>{"reason":"…","rejection":"{id}","sha256":"…"}</c>.</summary>
    public required string Signature { get; init; }

    /// <summary>Why, as it is signed. Stands in the governance log for anyone to read: no personal data.</summary>
    public required string Reason { get; init; }
}

/// <summary>Answer of <c>GET /v1/proposals</c>.</summary>
/// <param name="Required">Approvals that a proposal needs now.</param>
/// <param name="Members">Members that are not suspended: those among whom the approvals are counted.</param>
/// <param name="Kinds">What can be proposed.</param>
/// <param name="Proposals">Newest first.</param>
public sealed record ProposalList(int Required, int Members, IReadOnlyList<string> Kinds, IReadOnlyList<ProposalView> Proposals);

/// <summary>A proposal as the API shows it.</summary>
public sealed record ProposalView
{
    /// <summary>Id.</summary>
    public required string Id { get; init; }

    /// <summary><c>open</c>, <c>outdated</c>, <c>expired</c>, <c>enacted</c>, <c>rejected</c> or <c>withdrawn</c>.</summary>
    public required string State { get; init; }

    /// <summary>Why nobody can approve it although it is not decided; absent otherwise.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Obstacle { get; init; }

    /// <summary>When it was made, by the log.</summary>
    public required DateTimeOffset Made { get; init; }

    /// <summary>The record of <c>proposal.made</c>, exactly as the log holds it and as members sign it: <c>id</c>, <c>kind</c>, <c>change</c>, <c>reason</c>, <c>proposer</c>, <c>of</c>, <c>expires</c>.</summary>
    public required JsonElement Document { get; init; }

    /// <summary>Base64url SHA-256 of its canonical form.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Approvals that it needs, or needed when the last vote was counted.</summary>
    public required int Required { get; init; }

    /// <summary>Members among whom the approvals are, or were, counted.</summary>
    public required int Members { get; init; }

    /// <summary>The approvals that count.</summary>
    public required IReadOnlyList<ProposalVote> Approvals { get; init; }

    /// <summary>The rejections that count.</summary>
    public required IReadOnlyList<ProposalVote> Rejections { get; init; }

    /// <summary>Index of the newest governance entry about it: its version, as the ETag.</summary>
    public required long LogIndex { get; init; }

    /// <summary>In the answer to a command: proof that its event is logged.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Receipt? Receipt { get; init; }
}

/// <summary>What a member signed about a proposal.</summary>
/// <param name="Member">The member's code.</param>
/// <param name="Key">The id of its key.</param>
/// <param name="Signature">Compact JWS.</param>
/// <param name="LogIndex">Index of the governance entry.</param>
public sealed record ProposalVote(string Member, string Key, string Signature, long LogIndex)
{
    /// <summary>Why it rejects; absent from an approval.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }
}
