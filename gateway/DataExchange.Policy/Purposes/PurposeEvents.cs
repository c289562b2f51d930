using DataExchange.Contracts.Log;
using DataExchange.Policy.Events;

namespace DataExchange.Policy.Purposes;

/// <summary>Something happened to a purpose.</summary>
/// <param name="Kind">The event's kind.</param>
/// <param name="Code">The purpose's code.</param>
public abstract record PurposeEvent(string Kind, string Code) : GovernanceEvent(Kind)
{
    public override string? Thing => Code;
}

/// <summary>Nobody may ask for this purpose any more.</summary>
public sealed record PurposeWithdrawn(string Code, string Reason) : PurposeEvent(LeafKinds.PurposeWithdrawn, Code);
