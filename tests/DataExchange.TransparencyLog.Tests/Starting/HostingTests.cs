using System.Diagnostics.Metrics;
using DataExchange.Storage;
using DataExchange.TransparencyLog.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace DataExchange.TransparencyLog.Tests.Starting;

/// <summary>As the host registers it.</summary>
public sealed class HostingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_logs_are_open_before_the_host_has_started_and_closed_when_it_stops()
    {
        await using var services = Services();
        var logs = services.GetRequiredService<RegionLogs>();
        var lifetime = Assert.Single(services.GetServices<IHostedService>());
        await lifetime.StartAsync(Token);
        await logs.Governance.AppendAsync(Entries.Of("rule", null, Entries.Set("member", "a", "{}")), Token);
        await logs.Access.AppendAsync("use", pin: 1);
        var row = await services.GetRequiredService<IStateReader>().ReadAsync("member", Token).SingleAsync(Token);
        Assert.Equal(("a", 0L), (row.Id, row.Index));
        await lifetime.StopAsync(Token);
        await Assert.ThrowsAsync<LogUnavailableException>(async () => await logs.Access.AppendAsync("late"));
    }

    [Fact]
    public async Task Settings_that_cannot_be_stop_the_start()
    {
        await using var services = Services(options => options.Region = "");
        Assert.Contains("Region", Assert.Throws<OptionsValidationException>(services.GetRequiredService<RegionLogs>).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_tell_latency_batch_size_commit_time_lag_and_health()
    {
        await using var services = Services();
        var measured = new System.Collections.Concurrent.ConcurrentBag<(string Name, double Value, string? Log, string? Outcome)>();
        var meters = services.GetRequiredService<IMeterFactory>(); // Now: other tests publish instruments after these services are gone.
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == "DataExchange.TransparencyLog" && instrument.Meter.Scope == meters)
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        void Record(string name, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var read = tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value as string);
            measured.Add((name, value, read.GetValueOrDefault("log.name"), read.GetValueOrDefault("append.outcome")));
        }

        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Record(instrument.Name, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Record(instrument.Name, value, tags));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Record(instrument.Name, value, tags));
        listener.Start();

        var logs = services.GetRequiredService<RegionLogs>();
        await logs.Access.AppendManyAsync(40);
        await logs.Access.AppendAsync("moved", pin: 77);
        listener.RecordObservableInstruments();

        Assert.Equal(40, measured.Count(m => m is { Name: "data_exchange.log.append.duration", Log: "access", Outcome: "committed", Value: > 0 }));
        Assert.Single(measured, m => m is { Name: "data_exchange.log.append.duration", Outcome: "pin-moved" });
        Assert.Equal(40, measured.Where(m => m is { Name: "data_exchange.log.batch.size", Log: "access" }).Sum(m => m.Value));
        Assert.Contains(measured, m => m is { Name: "data_exchange.log.commit.duration", Value: > 0 });
        Assert.Contains(measured, m => m is { Name: "data_exchange.log.size", Log: "access", Value: 40 });
        Assert.Contains(measured, m => m is { Name: "data_exchange.log.published.lag", Value: >= 0 });
        Assert.Contains(measured, m => m is { Name: "data_exchange.log.writable", Log: "governance", Value: 1 });
        Assert.Contains(measured, m => m is { Name: "data_exchange.log.scrub.damaged", Log: "access", Value: 0 });
        Assert.Contains(measured, m => m is { Name: "data_exchange.log.scrub.position", Log: "governance", Value: 0 });
    }

    private ServiceProvider Services(Action<TransparencyLogOptions>? configure = null) => new ServiceCollection()
        .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
        .AddSingleton<IMeterFactory, Meters>()
        .AddSqliteStorage(options => options.DataFolder = _folder.Path)
        .AddTransparencyLogs(options =>
        {
            (options.Region, options.KeyFolder) = ("test.example", _folder.Path);
            configure?.Invoke(options);
        })
        .BuildServiceProvider();

    /// <summary>Only the identity matters: other tests measure at the same time.</summary>
    private sealed class Meters : IMeterFactory
    {
        public Meter Create(MeterOptions options) => new(options);

        public void Dispose()
        {
        }
    }
}
