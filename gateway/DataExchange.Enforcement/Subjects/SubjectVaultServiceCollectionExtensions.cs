using DataExchange.Enforcement.Subjects.Keys;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DataExchange.Enforcement.Subjects;

public static class SubjectVaultServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="SubjectVault"/> and <see cref="LogClock"/>; both are ready before what is added later starts. Needs an
    /// <see cref="Policy.Subjects.ISubjectStore"/> and the <see cref="TransparencyLog.RegionLogs"/>. An <see cref="IMasterKey"/> that
    /// was added before replaces the key file.
    /// </summary>
    public static IServiceCollection AddSubjectVault(this IServiceCollection services, Action<SubjectVaultOptions> configure)
    {
        services.AddOptions<SubjectVaultOptions>()
            .Configure(configure)
            .Validate(o => !string.IsNullOrWhiteSpace(o.DataFolder), "DataFolder is empty: name the folder that holds the vault's key, for instance 'data'.")
            .Validate(o => o.CachedSubjects >= 2, "CachedSubjects must be at least 2.")
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IMasterKey, MasterKeyFile>();
        services.TryAddSingleton<LogClock>();
        services.TryAddSingleton<SubjectVault>();
        services.AddHostedService<SubjectVaultStartup>();
        services.AddHostedService<LogClockStartup>();
        return services;
    }
}
