using DataExchange.Contracts.Log;
using DataExchange.Policy.Events;
using DataExchange.Policy.Json;

namespace DataExchange.Policy.Disputes;

/// <summary>How the events of disputes are written and read.</summary>
internal static class DisputeKinds
{
    private static readonly PolicyJsonContext Json = PolicyJsonContext.Default;

    public static IReadOnlyList<EventKind> All { get; } =
    [
        new EventKind<DisputeOpened, DisputeOpenedRecord>(
            LeafKinds.DisputeOpened, Json.DisputeOpenedRecord, e => new(e.Id, e.Claimant, e.Respondent, e.Matter, e.Reference, e.Ground),
            r => new(r.Id, r.Claimant, r.Respondent, r.Matter, r.Reference, r.Ground)),
        new EventKind<DisputeTaken, DisputeTakenRecord>(LeafKinds.DisputeTaken, Json.DisputeTakenRecord, e => new(e.Id, e.To, e.By), r => new(r.Id, r.To, r.By)),
        new EventKind<DisputeSettled, DisputeSettledRecord>(LeafKinds.DisputeSettled, Json.DisputeSettledRecord, e => new(e.Id, e.Document), r => new(r.Id, r.Document)),
        new EventKind<DisputeWithdrawn, DisputeWithdrawnRecord>(LeafKinds.DisputeWithdrawn, Json.DisputeWithdrawnRecord, e => new(e.Id), r => new(r.Id)),
        new EventKind<DisputeDecided, DisputeDecidedRecord>(LeafKinds.DisputeDecided, Json.DisputeDecidedRecord, e => new(e.Id, e.Result, e.Document), r => new(r.Id, r.Result, r.Document)),
    ];
}

/// <summary>Record of <c>dispute.opened</c>.</summary>
internal sealed record DisputeOpenedRecord(string Id, string Claimant, string Respondent, DisputeMatter Matter, string Reference, DisputeGround Ground);

/// <summary>Record of <c>dispute.taken</c>.</summary>
internal sealed record DisputeTakenRecord(string Id, DisputeState To, string By);

/// <summary>Record of <c>dispute.settled</c>.</summary>
internal sealed record DisputeSettledRecord(string Id, string Document);

/// <summary>Record of <c>dispute.withdrawn</c>.</summary>
internal sealed record DisputeWithdrawnRecord(string Id);

/// <summary>Record of <c>dispute.decided</c>.</summary>
internal sealed record DisputeDecidedRecord(string Id, DisputeResult Result, string Document);
