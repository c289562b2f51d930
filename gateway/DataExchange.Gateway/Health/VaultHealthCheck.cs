using DataExchange.Enforcement.Erasures;
using DataExchange.Enforcement.Subjects;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DataExchange.Gateway.Health;

/// <summary>
/// Without the vault nobody can be told from anybody, and nothing is decided. Erasures that could not be carried out degrade the gateway
/// and do not make it unready: everybody else can be served.
/// </summary>
public sealed class VaultHealthCheck(SubjectVault vault, SubjectErasure erasure) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await vault.OpenAsync(cancellationToken);
            var orders = await erasure.CountAsync(cancellationToken);
            var data = new Dictionary<string, object> { ["orderedErasures"] = orders };
            return erasure.HasFailed && orders > 0
                ? HealthCheckResult.Degraded($"{orders} orders of erasure could not be carried out. The log says why, in event 3204; the next order and the next start try again.", data: data)
                : HealthCheckResult.Healthy(data: data);
        }
        catch (SubjectVaultException e)
        {
            return HealthCheckResult.Unhealthy(e.Message);
        }
    }
}
