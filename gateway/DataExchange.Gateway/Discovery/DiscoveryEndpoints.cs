using DataExchange.Enforcement.Governance;
using DataExchange.TransparencyLog;

namespace DataExchange.Gateway.Discovery;

/// <summary>What a stranger needs to start from.</summary>
public static class DiscoveryEndpoints
{
    public static void MapDiscovery(this IEndpointRouteBuilder app)
    {
        app.MapGet("/.well-known/data-exchange", Describe).AllowAnonymous().WithTags("discovery")
            .WithName("Discover").WithSummary("The region, its logs and their keys, and who witnesses them.");
        app.MapGet("/", IndexPage.Show).AllowAnonymous().ExcludeFromDescription();
    }

    private static RegionDescription Describe(RegionLogs logs, GovernanceLedger ledger)
    {
        var region = logs.Access.Origin[..^("/" + logs.Access.Name).Length];
        var witnesses = ledger.Current.Witnesses is { } appointed ? new WitnessDescription(appointed.Mode.ToString(), appointed.Policy) : null;
        return new RegionDescription(region, [DescribeLog(logs.Access), DescribeLog(logs.Governance)], witnesses, "/openapi/v1.json");
    }

    private static LogDescription DescribeLog(ITransparencyLog log) => new(log.Name, log.Origin, log.Verifier.ToString(), $"/log/{log.Name}");
}
