using DataExchange.TransparencyLog;

namespace DataExchange.Gateway.Logs;

public static class RegionLogsExtensions
{
    /// <summary>The log of that name, <c>access</c> or <c>governance</c>; null for any other name.</summary>
    public static ITransparencyLog? Find(this RegionLogs logs, string name) =>
        name == logs.Access.Name ? logs.Access : name == logs.Governance.Name ? logs.Governance : null;

    /// <summary>The log that is served under that name: the last part of its origin. What a path holds is cached for ever, so a log that took a retired one's place is not served where that was.</summary>
    public static ITransparencyLog? FindServed(this RegionLogs logs, string name) =>
        name == logs.Access.ServedName() ? logs.Access : name == logs.Governance.ServedName() ? logs.Governance : null;

    /// <summary>The last part of the origin: <c>access</c>, or <c>access-2</c> where an older log was retired.</summary>
    public static string ServedName(this ITransparencyLog log) => log.Origin[(log.Origin.LastIndexOf('/') + 1)..];

    /// <summary>The region's name: what stands before that.</summary>
    public static string Region(this RegionLogs logs) => logs.Access.Origin[..logs.Access.Origin.LastIndexOf('/')];
}
