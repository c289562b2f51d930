using DataExchange.Adapters.Tests.Conformance;
using DataExchange.Contracts.Providers;
using DataExchange.DemoRegion.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace DataExchange.Adapters.Tests.DemoRegion;

/// <summary>The departments, running, and the log that their adapters believe.</summary>
public sealed class RunningRegion(BuiltRegion region) : IAsyncLifetime
{
    internal IntentForge Log { get; } = new();

    public DemoRegionHost Host { get; private set; } = null!;

    /// <summary>A question about a resident with its honest intent, asked now.</summary>
    internal static ProviderQuery Question(IntentForge log, string dataset, string number, params string[] fields) =>
        log.Question(TimeProvider.System.GetUtcNow(), number, fields, dataset, scheme: "cn-resident-id");

    public async ValueTask InitializeAsync() =>
        Host = await DemoRegionHost.StartAsync(region.Folder, Log.Verifier.ToString(), NullLoggerFactory.Instance, TimeProvider.System);

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        Log.Dispose();
    }
}
