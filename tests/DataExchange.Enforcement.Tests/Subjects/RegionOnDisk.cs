using DataExchange.Enforcement.Subjects;
using DataExchange.Storage;
using DataExchange.TransparencyLog;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace DataExchange.Enforcement.Tests.Subjects;

/// <summary>A host with the real stores, logs and vault in a folder of its own.</summary>
internal sealed class RegionOnDisk : IDisposable
{
    public FakeTimeProvider Time { get; } = new(DateTimeOffset.FromUnixTimeMilliseconds(VaultFixture.January2026));

    public string Folder { get; } = Directory.CreateTempSubdirectory("region-").FullName;

    /// <summary>A host that has not started; starting and disposing it is the caller's.</summary>
    public IHost NewHost(Action<SubjectVaultOptions>? configure = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services
            .AddSingleton<TimeProvider>(Time)
            .AddSqliteStorage(o => o.DataFolder = Folder)
            .AddTransparencyLogs(o => (o.Region, o.KeyFolder) = ("test.example", Folder))
            .AddSubjectVault(configure ?? (o => o.DataFolder = Folder));
        return builder.Build();
    }

    public async Task<IHost> StartAsync()
    {
        var host = NewHost();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return host;
    }

    public static async Task StopAsync(IHost host)
    {
        await host.StopAsync(TestContext.Current.CancellationToken);
        host.Dispose();
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
