namespace DataExchange.TransparencyLog;

/// <summary>The two logs of a region.</summary>
public sealed record RegionLogs(ITransparencyLog Access, ITransparencyLog Governance);
