using DataExchange.DemoRegion.Hosting;
using DataExchange.Enforcement.Erasures;
using DataExchange.Enforcement.Governance;
using DataExchange.Enforcement.Providers;
using DataExchange.Enforcement.Subjects;
using DataExchange.Gateway.Profile;
using DataExchange.Gateway.Witnesses;
using DataExchange.Storage;
using DataExchange.TransparencyLog;
using DataExchange.Witness;

namespace DataExchange.Gateway.Region;

/// <summary>
/// The start-up in its order: logs (verified before they sign), vault, rules (held against the founding file), and in the demo
/// region the departments, whose adapters want the access log's key. Each step leaves what it wrote for the next start to go on from.
/// </summary>
public sealed class RegionOpening(RegionFounding founding, ILoggerFactory loggers, TimeProvider clock) : IHostedService
{
    private DemoRegionHost? _demo;

    public async Task OpenAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        try
        {
            var logs = services.GetRequiredService<RegionLogs>();
            await services.GetRequiredService<SubjectVault>().OpenAsync(cancellationToken);
            var ledger = services.GetRequiredService<GovernanceLedger>();
            var witnesses = services.GetRequiredService<RegionWitnesses>();
            await ledger.FoundAsync(founding.Document with { Witnesses = witnesses.Founding }, cancellationToken);
            witnesses.Follow(ledger);
            await services.GetRequiredService<SubjectErasure>().ResumeAsync(cancellationToken);
            if (founding.Demo is { } folder)
            {
                _demo = await DemoRegionHost.StartAsync(folder, logs.Access.Verifier.ToString(), loggers, clock, cancellationToken);
                var directory = services.GetRequiredService<ProviderDirectory>();
                foreach (var (member, address) in _demo.Adapters)
                {
                    directory.Register(member, address);
                }
            }
        }
        catch (Exception e) when (e is StorageException or LogCorruptException or LogRolledBackException or AdoptionRefusedException or LogUnavailableException or KeyFileException or SubjectVaultException or GovernanceException or WitnessRefusedException)
        {
            throw new StartupRefusedException([e.Message], e);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Runs after the server has drained its requests: nobody asks the departments any more.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_demo is not null)
        {
            await _demo.DisposeAsync();
        }
    }
}
