using DataExchange.Policy.Quotas;
using DataExchange.Policy.Subjects;
using DataExchange.Storage.Quotas;
using DataExchange.Storage.Space;
using DataExchange.Storage.State;
using DataExchange.Storage.Subjects;
using DataExchange.TransparencyLog;
using DataExchange.TransparencyLog.Stores;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DataExchange.Storage;

/// <summary>Registers the embedded store.</summary>
public static class SqliteStorageServices
{
    /// <summary>Adds the data folder and, out of it, the stores of the logs, the registers' state and the subjects. The folder is opened when first asked for.</summary>
    public static IServiceCollection AddSqliteStorage(this IServiceCollection services, Action<SqliteStorageOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<SqliteStorageOptions>().Configure(configure);
        services.AddSingleton(Open);
        services.AddSingleton<ILogStorage>(provider => provider.GetRequiredService<SqliteDataFolder>());
        services.AddSingleton<IStateReader, SqliteStateReader>();
        services.AddSingleton<IStateRebuild, SqliteStateRebuild>();
        services.AddSingleton<ISubjectStore, SqliteSubjectStore>();
        services.AddSingleton<QuotaFile>();
        services.AddSingleton<IQuotaStore, SqliteQuotaStore>();
        services.AddSingleton<IBreachStore, SqliteBreachStore>();
        return services;
    }

    private static SqliteDataFolder Open(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<SqliteStorageOptions>>().Value;
        return new SqliteDataFolder(options.DataFolder, provider.GetRequiredService<ILogger<SqliteDataFolder>>(), folder => new DiskWatermark(
            folder,
            options.MinFreeBytes,
            VolumeSpace.Of,
            provider.GetService<TimeProvider>() ?? TimeProvider.System,
            provider.GetRequiredService<ILogger<DiskWatermark>>()));
    }
}
