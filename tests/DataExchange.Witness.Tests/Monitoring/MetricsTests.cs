using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using DataExchange.Witness.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace DataExchange.Witness.Tests.Monitoring;

public sealed class MetricsTests
{
    [Fact]
    public async Task Requests_are_counted_by_outcome_and_the_age_of_the_last_cosignature_by_log()
    {
        using var folder = new TemporaryFolder();
        using var log = new UniformLog("demo.example/metrics");
        using var stranger = new UniformLog("stranger.example/log", seed: 2);
        var options = RunningWitness.OptionsOf(folder, log);
        options.Name = "witness.example/metrics"; // Other tests' witnesses are heard, too.
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 5, 1, 8, 0, 0, TimeSpan.Zero));
        var outcomes = new ConcurrentQueue<(object? Outcome, object? Log)>();
        var gauges = new ConcurrentDictionary<string, (double Value, object? Log)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == "DataExchange.Witness" && instrument.Meter.Tags!.Contains(new("witness.name", options.Name)))
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) =>
        {
            if (instrument.Name == "data_exchange.witness.request.duration")
            {
                outcomes.Enqueue((Tag(tags, "request.outcome"), Tag(tags, "log.origin")));
            }
        });
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => gauges[instrument.Name] = (value, Tag(tags, "log.origin")));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => gauges[instrument.Name] = (value, null));
        listener.Start();

        await using var witness = await RunningWitness.StartAsync(options, clock);
        await witness.SubmitAsync(log, 0, 5);
        await witness.SubmitAsync(log, 0, 9);
        await witness.SubmitAsync(stranger, 0, 5);
        while (outcomes.Count < 3)
        {
            await Task.Delay(5, TestContext.Current.CancellationToken); // The last is counted after its answer has left.
        }

        clock.Advance(TimeSpan.FromSeconds(90));
        listener.RecordObservableInstruments();

        Assert.Equal([("cosigned", log.Origin), ("size-conflict", log.Origin), ("unknown-origin", null)], outcomes);
        Assert.Equal((90, log.Origin), gauges["data_exchange.witness.cosignature.age"]);
        Assert.Equal((5, log.Origin), gauges["data_exchange.witness.checkpoint.size"]);
        Assert.Equal(1, gauges["data_exchange.witness.trusted"].Value);
    }

    private static object? Tag(ReadOnlySpan<KeyValuePair<string, object?>> tags, string name)
    {
        foreach (var (key, value) in tags)
        {
            if (key == name)
            {
                return value;
            }
        }

        return null;
    }
}
