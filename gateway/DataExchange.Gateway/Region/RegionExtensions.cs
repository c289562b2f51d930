using DataExchange.Enforcement;
using DataExchange.Enforcement.Governance;
using DataExchange.Enforcement.Subjects;
using DataExchange.Gateway.Profile;
using DataExchange.Gateway.Witnesses;
using DataExchange.Storage;
using DataExchange.TransparencyLog;

namespace DataExchange.Gateway.Region;

public static class RegionExtensions
{
    /// <summary>The region's stores, logs, vault, rules and exchange. The host stops them in the opposite order: exchanges first, logs last.</summary>
    public static async Task AddRegionAsync(this WebApplicationBuilder builder, ProfileOptions profile)
    {
        var founding = await RegionFounding.LoadAsync(profile, CancellationToken.None);
        builder.Services.AddSingleton(founding);
        builder.Services.AddSqliteStorage(storage => (storage.DataFolder, storage.MinFreeBytes) = (profile.DataFolder, profile.MinFreeBytes));
        builder.Services.AddSingleton<DemoWitnesses>();
        builder.Services.AddSingleton<RegionWitnesses>();
        builder.Services.AddSingleton<IWitnessDirectory>(services => services.GetRequiredService<RegionWitnesses>());
        builder.Services.AddTransparencyLogs(logs =>
        {
            logs.Region = founding.Document.Region;
            logs.KeyFolder = profile.DataFolder;
            logs.HighWaterMarkFolder = profile.HighWaterMarkFolder is { Length: > 0 } marks ? marks : null;
        });
        builder.Services.AddSubjectVault(vault => vault.DataFolder = profile.DataFolder);
        builder.Services.AddGovernance();
        builder.Services.AddDataExchange(builder.Configuration);
        builder.Services.AddSingleton<RegionOpening>();
        builder.Services.AddHostedService(services => services.GetRequiredService<RegionOpening>());
    }

    /// <summary>Opens what was registered, in order, before the first endpoint is mapped: what fails, fails before anybody is listened to.</summary>
    /// <exception cref="StartupRefusedException">A part cannot be opened; the reason is one line.</exception>
    public static Task OpenRegionAsync(this WebApplication app) => app.Services.GetRequiredService<RegionOpening>().OpenAsync(app.Services, CancellationToken.None);
}
