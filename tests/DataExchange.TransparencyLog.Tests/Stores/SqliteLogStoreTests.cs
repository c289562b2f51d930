using DataExchange.Storage;
using DataExchange.TransparencyLog.Stores;
using DataExchange.TransparencyLog.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DataExchange.TransparencyLog.Tests.Stores;

/// <summary>The embedded store, held to what every store guarantees.</summary>
public sealed class SqliteLogStoreTests : LogStoreConformance
{
    private readonly TemporaryFolder _folder = new();
    private readonly ServiceProvider _services;

    public SqliteLogStoreTests() => _services = new ServiceCollection()
        .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
        .AddSqliteStorage(options => options.DataFolder = _folder.Path)
        .BuildServiceProvider();

    protected override ILogStorage Storage => _services.GetRequiredService<ILogStorage>();

    protected override IStateReader State => _services.GetRequiredService<IStateReader>();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _services.DisposeAsync();
        _folder.Dispose();
    }
}
