namespace DataExchange.Gateway.Telemetry;

/// <summary>
/// Framework categories whose lines (or scopes) repeat request targets, which may hold identity numbers. No setting turns them on:
/// the rules go in last and for every provider that the configuration names.
/// </summary>
public static class PathPrintingLogs
{
    private static readonly (string Category, LogLevel Floor)[] Floors =
    [
        // Also opens a scope with the path around every other line of the request, unless it is off altogether.
        ("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None),
        ("Microsoft.AspNetCore.HttpLogging", LogLevel.None),
        ("Microsoft.AspNetCore.Routing", LogLevel.Warning),
        ("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Warning),
        ("Microsoft.AspNetCore.StaticFiles", LogLevel.Warning),
        ("Microsoft.AspNetCore.Diagnostics", LogLevel.None),
        ("Yarp.ReverseProxy.Forwarder", LogLevel.Warning),
    ];

    public static void Silence(LoggerFilterOptions options)
    {
        var providers = options.Rules.Select(rule => rule.ProviderName).Append(null).Distinct().ToArray();
        foreach (var (category, floor) in Floors)
        {
            var inner = options.Rules.Where(rule => rule.CategoryName?.StartsWith(category, StringComparison.OrdinalIgnoreCase) is true).ToArray();
            foreach (var rule in inner)
            {
                options.Rules.Remove(rule);
            }

            foreach (var provider in providers)
            {
                options.Rules.Add(new LoggerFilterRule(provider, category, floor, null));
            }
        }
    }
}
