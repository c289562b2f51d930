using DataExchange.Contracts.Log;
using DataExchange.Policy.Events;

namespace DataExchange.Policy.Matters;

/// <summary>A revision of a matter was defined. Cases that are opened from here on follow it; those that are open keep theirs.</summary>
public sealed record MatterDefined(Matter Matter) : GovernanceEvent(LeafKinds.MatterDefined)
{
    public override string? Thing => Matter.Code;
}
