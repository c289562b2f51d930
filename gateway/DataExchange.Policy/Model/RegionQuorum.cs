namespace DataExchange.Policy.Model;

/// <summary>How many members have to approve a change of the region's rules.</summary>
public sealed record RegionQuorum
{
    /// <summary>The k of k of n, where n is the members that are not suspended.</summary>
    public required int Approvals { get; init; }
}
