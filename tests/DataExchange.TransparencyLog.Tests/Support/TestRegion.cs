using DataExchange.Storage;
using DataExchange.Storage.Space;
using DataExchange.TransparencyLog.Hosting;
using DataExchange.TransparencyLog.Stores;
using Microsoft.Extensions.Logging.Abstractions;

namespace DataExchange.TransparencyLog.Tests.Support;

/// <summary>A region's logs on real files, opened as the host opens them.</summary>
public sealed class TestRegion : IAsyncDisposable
{
    private readonly LogRegion _region;

    private TestRegion(SqliteDataFolder data, LogRegion region, EventLog<LogRegion> events) => (Data, _region, Events) = (data, region, events);

    public SqliteDataFolder Data { get; }

    public EventLog<LogRegion> Events { get; }

    public ITransparencyLog Access => _region.Logs.Access;

    public ScrubStatus AccessScrub => _region.Scrubs[LogNames.Access];

    public ITransparencyLog Governance => _region.Logs.Governance;

    public static async Task<TestRegion> OpenAsync(
        TemporaryFolder folder, Func<ILogStorage, ILogStorage>? decorate = null, Action<TransparencyLogOptions>? configure = null, TimeProvider? clock = null,
        IWitnessDirectory? witnesses = null, Func<string, DiskWatermark>? watermark = null)
    {
        var options = new TransparencyLogOptions
        {
            Region = "test.example",
            KeyFolder = folder.Path,
            RecoveryDelay = TimeSpan.FromMilliseconds(1),
            MaxRecoveryDelay = TimeSpan.FromMilliseconds(5),
        };
        configure?.Invoke(options);
        var data = new SqliteDataFolder(folder.Path, NullLogger<SqliteDataFolder>.Instance, watermark);
        try
        {
            var events = new EventLog<LogRegion>();
            var storage = decorate?.Invoke(data) ?? data;
            var region = await LogRegion.OpenAsync(storage, options, witnesses, new TextAdoptionLeaf(), clock ?? TimeProvider.System, events, null, TestContext.Current.CancellationToken);
            return new TestRegion(data, region, events);
        }
        catch
        {
            data.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _region.DisposeAsync();
        Data.Dispose();
    }
}
