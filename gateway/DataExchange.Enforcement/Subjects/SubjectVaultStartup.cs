using Microsoft.Extensions.Hosting;

namespace DataExchange.Enforcement.Subjects;

/// <summary>Opens the vault while the host starts: no start with a key that is missing, wrong, or open to others.</summary>
internal sealed class SubjectVaultStartup(SubjectVault vault) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => vault.OpenAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
