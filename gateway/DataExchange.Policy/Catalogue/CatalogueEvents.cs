using DataExchange.Policy.Events;
using DataExchange.Policy.Model;

namespace DataExchange.Policy.Catalogue;

/// <summary>Something happened to an entry of the catalogue.</summary>
public abstract record DatasetEvent(string Kind) : GovernanceEvent(Kind);

/// <summary>A revision was written for the first time, or anew.</summary>
/// <param name="Dataset">What it says.</param>
/// <param name="By">The steward, under the name that the subject vault has for them, here as below: the log is open, and holds nobody's name.</param>
public sealed record DatasetDrafted(Dataset Dataset, SubjectHandle By) : DatasetEvent(Contracts.Log.LeafKinds.DatasetDrafted)
{
    public override string? Thing => Dataset.Code;
}

/// <summary>The draft was handed to the reviewer.</summary>
public sealed record DatasetSubmitted(string Code, int Revision, SubjectHandle By) : DatasetEvent(Contracts.Log.LeafKinds.DatasetSubmitted)
{
    public override string? Thing => Code;
}

/// <summary>The reviewer sent the draft back.</summary>
public sealed record DatasetReturned(string Code, int Revision, string Reason, SubjectHandle By) : DatasetEvent(Contracts.Log.LeafKinds.DatasetReturned)
{
    public override string? Thing => Code;
}

/// <summary>The draft was given up.</summary>
public sealed record DatasetDiscarded(string Code, int Revision, SubjectHandle By) : DatasetEvent(Contracts.Log.LeafKinds.DatasetDiscarded)
{
    public override string? Thing => Code;
}

/// <summary>Nothing is shared any more of what was published under the code.</summary>
public sealed record DatasetWithdrawn(string Code, int Revision, string Reason, SubjectHandle By) : DatasetEvent(Contracts.Log.LeafKinds.DatasetWithdrawn)
{
    public override string? Thing => Code;
}
