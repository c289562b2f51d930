using DataExchange.Enforcement.Governance;
using DataExchange.Enforcement.Subjects;
using DataExchange.Gateway.Logs;
using DataExchange.TransparencyLog;

namespace DataExchange.Gateway.Discovery;

/// <summary>What a stranger needs to start from.</summary>
public static class DiscoveryEndpoints
{
    public static void MapDiscovery(this IEndpointRouteBuilder app)
    {
        app.MapGet("/.well-known/data-exchange", DescribeAsync).AllowAnonymous().WithTags("discovery")
            .WithName("Discover").WithSummary("The region, its logs and their keys, and who witnesses them.");
        app.MapGet("/", IndexPage.Show).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<RegionDescription> DescribeAsync(RegionLogs logs, GovernanceLedger ledger, SubjectVault vault, CancellationToken cancellationToken)
    {
        var witnesses = ledger.Current.Witnesses is { } appointed ? new WitnessDescription(appointed.Mode.ToString(), appointed.Policy) : null;
        return new RegionDescription(
            logs.Region(), [DescribeLog(logs.Access), DescribeLog(logs.Governance)], witnesses, "/openapi/v1.json",
            new VrfDescription("ECVRF-P256-SHA256-TAI", Convert.ToBase64String(await vault.VrfPublicKeyAsync(cancellationToken))));
    }

    private static LogDescription DescribeLog(ITransparencyLog log) => new(log.Name, log.Origin, log.Verifier.ToString(), $"/log/{log.ServedName()}");
}
