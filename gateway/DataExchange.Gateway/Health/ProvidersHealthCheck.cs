using Microsoft.Extensions.Diagnostics.HealthChecks;
using Yarp.ReverseProxy;

namespace DataExchange.Gateway.Health;

/// <summary>
/// The departments' adapters, as the proxy sees them. One that is away degrades the gateway and does not make it unready: the others
/// can still be asked, and a refusal to serve anybody would help nobody.
/// </summary>
public sealed class ProvidersHealthCheck(IProxyStateLookup proxy) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var data = new Dictionary<string, object>();
        var missing = 0;
        foreach (var cluster in proxy.GetClusters())
        {
            var (available, all) = (cluster.DestinationsState.AvailableDestinations.Count, cluster.DestinationsState.AllDestinations.Count);
            data[cluster.ClusterId] = $"{available} of {all} available";
            missing += available == 0 ? 1 : 0;
        }

        return Task.FromResult(missing == 0 ? HealthCheckResult.Healthy(data: data) : HealthCheckResult.Degraded($"{missing} providers are away.", data: data));
    }
}
