using DataExchange.Policy.Events;
using DataExchange.Policy.Model;

namespace DataExchange.Policy.Catalogue;

/// <summary>Who did something to an entry, and when.</summary>
/// <param name="By">The steward, under the name that the subject vault has for them: the log is open, and holds nobody's name.</param>
/// <param name="At">When the command was decided.</param>
public sealed record Stamp(SubjectHandle By, DateTimeOffset At);

/// <summary>A revision was written for the first time, or anew.</summary>
public sealed record DatasetDrafted(Dataset Dataset, Stamp Stamp) : GovernanceEvent(Contracts.Log.LeafKinds.DatasetDrafted);

/// <summary>The draft was handed to the reviewer.</summary>
public sealed record DatasetSubmitted(string Code, int Revision, Stamp Stamp) : GovernanceEvent(Contracts.Log.LeafKinds.DatasetSubmitted);

/// <summary>The reviewer sent the draft back.</summary>
public sealed record DatasetReturned(string Code, int Revision, string Reason, Stamp Stamp) : GovernanceEvent(Contracts.Log.LeafKinds.DatasetReturned);

/// <summary>The draft was given up.</summary>
public sealed record DatasetDiscarded(string Code, int Revision, Stamp Stamp) : GovernanceEvent(Contracts.Log.LeafKinds.DatasetDiscarded);

/// <summary>Nothing is shared any more of what was published under the code.</summary>
public sealed record DatasetWithdrawn(string Code, int Revision, string Reason, Stamp Stamp) : GovernanceEvent(Contracts.Log.LeafKinds.DatasetWithdrawn);
