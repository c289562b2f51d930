using DataExchange.TransparencyLog;

namespace DataExchange.Gateway.Logs;

public static class RegionLogsExtensions
{
    /// <summary>The log of that name, <c>access</c> or <c>governance</c>; null for any other name.</summary>
    public static ITransparencyLog? Find(this RegionLogs logs, string name) =>
        name == logs.Access.Name ? logs.Access : name == logs.Governance.Name ? logs.Governance : null;
}
