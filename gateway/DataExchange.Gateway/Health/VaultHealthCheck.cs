using DataExchange.Enforcement.Subjects;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DataExchange.Gateway.Health;

/// <summary>Without the vault nobody can be told from anybody, and nothing is decided.</summary>
public sealed class VaultHealthCheck(SubjectVault vault) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await vault.OpenAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (SubjectVaultException e)
        {
            return HealthCheckResult.Unhealthy(e.Message);
        }
    }
}
