using DataExchange.TransparencyLog;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DataExchange.Gateway.Health;

/// <summary>Ready means: both logs take appends. Without them nothing is released.</summary>
public sealed class LogsHealthCheck(RegionLogs logs) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var data = new Dictionary<string, object>();
        foreach (var log in new[] { logs.Access, logs.Governance })
        {
            data[log.Name] = log.Health.IsWritable ? "writable" : log.Health.Reason ?? "not writable";
        }

        return Task.FromResult(logs.Access.Health.IsWritable && logs.Governance.Health.IsWritable
            ? HealthCheckResult.Healthy(data: data)
            : HealthCheckResult.Unhealthy("A log does not take appends.", data: data));
    }
}
