using System.Globalization;
using DataExchange.TransparencyLog;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DataExchange.Gateway.Health;

/// <summary>
/// Degraded while a witness does not cosign. It does not make the gateway unready: where releases wait for a quorum they fail by
/// themselves, and a log that is frozen shows under <c>logs</c>.
/// </summary>
public sealed class WitnessesHealthCheck(RegionLogs logs) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var data = new Dictionary<string, object>();
        var faults = 0;
        foreach (var log in new[] { logs.Access, logs.Governance })
        {
            foreach (var witness in log.Witnesses)
            {
                faults += witness.Fault is null ? 0 : 1;
                data[$"{log.Name}/{witness.Name}"] = witness.Fault ?? (witness.CosignedAt is { } at
                    ? string.Create(CultureInfo.InvariantCulture, $"cosigned {witness.CosignedSize} at {at:yyyy-MM-ddTHH:mm:ssZ}")
                    : "not asked yet");
            }
        }

        return Task.FromResult(faults == 0 ? HealthCheckResult.Healthy(data: data) : HealthCheckResult.Degraded("A witness does not cosign.", data: data));
    }
}
