using System.Diagnostics;
using System.Diagnostics.Metrics;
using DataExchange.Witness.State;

namespace DataExchange.Witness.Telemetry;

/// <summary>Metrics of one witness, named by OpenTelemetry's conventions. Every one carries <c>witness.name</c>.</summary>
internal sealed class WitnessMetrics : IDisposable
{
    public const string MeterName = "DataExchange.Witness";

    private readonly TimeProvider _clock;
    private readonly Meter _meter;
    private readonly Histogram<double> _requests;
    private readonly Histogram<double> _writes;
    private readonly Histogram<int> _groups;
    private readonly KeyValuePair<string, object?> _witness;

    public WitnessMetrics(string witness, TimeProvider clock, IMeterFactory? factory)
    {
        _clock = clock;
        _witness = new KeyValuePair<string, object?>("witness.name", witness);
        // A meter of its own: several witnesses may run in one process, and gauges must end with theirs.
        _meter = new Meter(new MeterOptions(MeterName) { Tags = [_witness], Scope = factory });
        _requests = _meter.CreateHistogram<double>(
            "data_exchange.witness.request.duration", "s", "Time of an add-checkpoint request, by request.outcome and, once the log has signed, log.origin.", advice: Buckets());
        _writes = _meter.CreateHistogram<double>("data_exchange.witness.write.duration", "s", "Time to make the state durable.", advice: Buckets());
        _groups = _meter.CreateHistogram<int>("data_exchange.witness.write.size", "{submission}", "Submissions decided together with one write.");
    }

    public void Observe(Func<IEnumerable<WitnessedCheckpoint>> latest, Func<bool> isTrusted)
    {
        _meter.CreateObservableGauge(
            "data_exchange.witness.cosignature.age",
            () => latest().Select(log => Of(log, _clock.GetUtcNow().ToUnixTimeSeconds() - log.CosignedAt)),
            "s",
            "Time since the last cosignature for a log. Less than zero: the clock was set back.");
        _meter.CreateObservableGauge(
            "data_exchange.witness.checkpoint.size", () => latest().Select(log => Of(log, log.Checkpoint.Size)), "{entry}", "Size of the latest checkpoint cosigned for a log.");
        _meter.CreateObservableGauge(
            "data_exchange.witness.trusted", () => new Measurement<int>(isTrusted() ? 1 : 0, _witness), "1", "1 while the state is known to be on the disk.");
    }

    /// <param name="began">From <see cref="Stopwatch.GetTimestamp"/>.</param>
    /// <param name="outcome"><c>cosigned</c>, <c>size-conflict</c> or a problem's code.</param>
    /// <param name="origin">The log, where it has signed: strangers choose no tag values.</param>
    public void Answered(long began, string outcome, string? origin)
    {
        var tags = new TagList { _witness, new("request.outcome", outcome) };
        if (origin is not null)
        {
            tags.Add("log.origin", origin);
        }

        _requests.Record(Stopwatch.GetElapsedTime(began).TotalSeconds, tags);
    }

    /// <param name="began">From the clock's own timestamp.</param>
    /// <param name="submissions">How many were decided together.</param>
    public void Written(long began, int submissions)
    {
        _writes.Record(_clock.GetElapsedTime(began).TotalSeconds, _witness);
        _groups.Record(submissions, _witness);
    }

    public void Dispose() => _meter.Dispose();

    private Measurement<long> Of(WitnessedCheckpoint log, long value) => new(value, _witness, new("log.origin", log.Checkpoint.Origin));

    private static InstrumentAdvice<double> Buckets() =>
        new() { HistogramBucketBoundaries = [0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5] };
}
