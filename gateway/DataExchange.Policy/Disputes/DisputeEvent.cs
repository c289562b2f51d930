using DataExchange.Contracts.Log;
using DataExchange.Policy.Events;

namespace DataExchange.Policy.Disputes;

/// <summary>Something happened to a dispute between members. Open, and without a word of free text.</summary>
/// <param name="Kind">A kind of the register <c>dispute</c>.</param>
/// <param name="Id">Id of the dispute.</param>
public abstract record DisputeEvent(string Kind, string Id) : GovernanceEvent(Kind)
{
    public override string? Thing => Id;
}

/// <summary>A member has a dispute with another.</summary>
public sealed record DisputeOpened(string Id, string Claimant, string Respondent, DisputeMatter Matter, string Reference, DisputeGround Ground)
    : DisputeEvent(LeafKinds.DisputeOpened, Id);

/// <summary>A party takes it to the next rung.</summary>
/// <param name="Id">Id of the dispute.</param>
/// <param name="To"><see cref="DisputeState.Mediation"/> or <see cref="DisputeState.Decision"/>.</param>
/// <param name="By">Member code of the party.</param>
public sealed record DisputeTaken(string Id, DisputeState To, string By) : DisputeEvent(LeafKinds.DisputeTaken, Id);

/// <summary>The claimant says that it is settled: between the parties, or by the mediation.</summary>
/// <param name="Id">Id of the dispute.</param>
/// <param name="Document">SHA-256 of the written settlement, base64.</param>
public sealed record DisputeSettled(string Id, string Document) : DisputeEvent(LeafKinds.DisputeSettled, Id);

/// <summary>The claimant takes it back.</summary>
public sealed record DisputeWithdrawn(string Id) : DisputeEvent(LeafKinds.DisputeWithdrawn, Id);

/// <summary>The people's government has decided; the data authority enters it.</summary>
/// <param name="Id">Id of the dispute.</param>
/// <param name="Result">For whom.</param>
/// <param name="Document">SHA-256 of the written decision, base64.</param>
public sealed record DisputeDecided(string Id, DisputeResult Result, string Document) : DisputeEvent(LeafKinds.DisputeDecided, Id);
