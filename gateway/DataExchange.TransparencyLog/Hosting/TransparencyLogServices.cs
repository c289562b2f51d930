using System.Diagnostics.Metrics;
using DataExchange.TransparencyLog.Adoption;
using DataExchange.TransparencyLog.Hosting;
using DataExchange.TransparencyLog.Stores;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DataExchange.TransparencyLog;

/// <summary>Registers a region's logs.</summary>
public static class TransparencyLogServices
{
    /// <summary>
    /// Adds <see cref="RegionLogs"/>, opened and verified when first asked for and at the latest when the host starts, and closed when
    /// it stops. Needs an <see cref="ILogStorage"/>, and takes an <see cref="IWitnessDirectory"/> and an <see cref="IAdoptionLeaf"/> where there is one. Register it before whatever uses the logs, so that it stops after.
    /// </summary>
    public static IServiceCollection AddTransparencyLogs(this IServiceCollection services, Action<TransparencyLogOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<TransparencyLogOptions>().Configure(configure);
        services.AddSingleton<IValidateOptions<TransparencyLogOptions>, ValidateTransparencyLogOptions>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(Open);
        services.AddSingleton(provider => provider.GetRequiredService<LogRegion>().Logs);
        services.AddHostedService<LogRegionLifetime>();
        return services;
    }

    // Blocks, once: everything that depends on the logs may then read their keys and checkpoints from its constructor on.
    private static LogRegion Open(IServiceProvider provider) => LogRegion.OpenAsync(
        provider.GetRequiredService<ILogStorage>(),
        provider.GetRequiredService<IOptions<TransparencyLogOptions>>().Value,
        provider.GetService<IWitnessDirectory>(),
        provider.GetService<IAdoptionLeaf>(),
        provider.GetRequiredService<TimeProvider>(),
        provider.GetRequiredService<ILogger<LogRegion>>(),
        provider.GetService<IMeterFactory>(),
        CancellationToken.None).GetAwaiter().GetResult();
}
