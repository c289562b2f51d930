using DataExchange.TransparencyLog.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DataExchange.Gateway.Health;

/// <summary>
/// What the scrubbers have found. Damage to stored entries degrades the gateway and does not make it unready: new exchanges are still
/// recorded and proved, and turning everybody away would bring no old entry back. An operator has to act; see the description.
/// </summary>
public sealed class ScrubHealthCheck(LogRegion region, TimeProvider clock) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var data = new Dictionary<string, object>();
        var damaged = 0L;
        foreach (var (log, scrub) in region.Scrubs)
        {
            damaged += scrub.Damaged;
            data[$"{log}.position"] = scrub.Position;
            data[$"{log}.damaged"] = scrub.Damaged;
            data[$"{log}.repaired"] = scrub.Repaired;
            if (scrub.LastCompleted is { } completed)
            {
                data[$"{log}.ageSeconds"] = (long)(clock.GetUtcNow() - completed).TotalSeconds;
            }

            if (scrub.LastFinding is { } finding)
            {
                data[$"{log}.lastFinding"] = finding;
            }
        }

        return Task.FromResult(damaged == 0
            ? HealthCheckResult.Healthy(data: data)
            : HealthCheckResult.Degraded(
                $"{damaged} findings that cannot be repaired from the log itself; the newest says whether it is of derived data. Otherwise keep a copy of the data folder as it is, restore exchange.db from a backup that verifies, and check the disk.",
                data: data));
    }
}
