using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace DataExchange.TransparencyLog.Telemetry;

/// <summary>Metrics of one log, named by OpenTelemetry's conventions. Every one carries <c>log.name</c>, the log's origin's last part.</summary>
internal sealed class LogMetrics : IDisposable
{
    public const string MeterName = "DataExchange.TransparencyLog";

    private readonly TimeProvider _clock;
    private readonly Meter _meter;
    private readonly Histogram<double> _append;
    private readonly Histogram<int> _batch;
    private readonly Histogram<double> _commit;
    private readonly Counter<long> _submissions;
    private readonly KeyValuePair<string, object?> _log;
    private long _witnessedAt;
    private long _witnessedSize;
    private long _markedSize;

    public LogMetrics(string log, TimeProvider clock, IMeterFactory? factory)
    {
        _clock = clock;
        _witnessedAt = clock.GetTimestamp();
        _log = new KeyValuePair<string, object?>("log.name", log);
        // Never the factory's own meter of that name, which both logs would share: gauges must end with their log.
        _meter = new Meter(new MeterOptions(MeterName) { Tags = [_log], Scope = factory });
        _append = _meter.CreateHistogram<double>(
            "data_exchange.log.append.duration", "s", "Time from the append to its signed checkpoint, by append.outcome.", advice: Buckets());
        _batch = _meter.CreateHistogram<int>("data_exchange.log.batch.size", "{entry}", "Entries committed together.");
        _commit = _meter.CreateHistogram<double>("data_exchange.log.commit.duration", "s", "Time from the write lock to the signed checkpoint.", advice: Buckets());
        _submissions = _meter.CreateCounter<long>(
            "data_exchange.log.witness.submissions", "{submission}", "Checkpoints shown to a witness, by witness.name and witness.outcome: cosigned or failed.");
    }

    public void Observe(Func<long> signed, Func<long> published, Func<bool> writable)
    {
        _meter.CreateObservableGauge("data_exchange.log.size", () => Measure(signed()), "{entry}", "Entries under a signed checkpoint.");
        _meter.CreateObservableGauge(
            "data_exchange.log.published.lag",
            () =>
            {
                var readable = published(); // First: the other may only have grown since.
                return Measure(signed() - readable);
            },
            "{entry}",
            "Signed entries whose tiles cannot be read yet.");
        _meter.CreateObservableGauge("data_exchange.log.writable", () => Measure(writable() ? 1 : 0), "1", "1 while appends are taken.");
    }

    /// <summary>Gauges of what guards the log from outside: witnesses, and the high-water mark. What is not there is not measured.</summary>
    public void ObserveGuards(Func<bool> frozen, Func<bool> hasQuorum)
    {
        _meter.CreateObservableGauge("data_exchange.log.mark.size", () => Where(Volatile.Read(ref _markedSize) > 0, Measure(Volatile.Read(ref _markedSize))), "{entry}", "Entries that the high-water mark remembers.");
        _meter.CreateObservableGauge("data_exchange.log.witnessed.size", () => Where(hasQuorum(), Measure(Volatile.Read(ref _witnessedSize))), "{entry}", "Entries under a checkpoint that a quorum has cosigned.");
        _meter.CreateObservableGauge(
            "data_exchange.log.witnessed.age",
            () => Where(hasQuorum(), new Measurement<double>(_clock.GetElapsedTime(Volatile.Read(ref _witnessedAt)).TotalSeconds, _log)),
            "s",
            "Time since a quorum last came together, or since the start.");
        _meter.CreateObservableGauge("data_exchange.log.frozen", () => Measure(frozen() ? 1 : 0), "1", "1 while nothing is signed because somebody remembers more of the log, or another.");
    }

    public void Witnessed(string witness, string outcome) => _submissions.Add(1, new TagList { _log, new("witness.name", witness), new("witness.outcome", outcome) });

    public void QuorumMet(long size)
    {
        Volatile.Write(ref _witnessedSize, size);
        Volatile.Write(ref _witnessedAt, _clock.GetTimestamp());
    }

    public void Marked(long size) => Volatile.Write(ref _markedSize, size);

    public long Now() => _clock.GetTimestamp();

    public void Appended(long started, bool committed)
    {
        if (_append.Enabled)
        {
            var tags = new TagList { _log, new("append.outcome", committed ? "committed" : "pin-moved") };
            _append.Record(_clock.GetElapsedTime(started).TotalSeconds, tags);
        }
    }

    public void Refused(int count)
    {
        for (var i = 0; i < count && _append.Enabled; i++)
        {
            _append.Record(0, new TagList { _log, new("append.outcome", "unavailable") });
        }
    }

    public void Committed(long began, int entries)
    {
        _batch.Record(entries, _log);
        _commit.Record(_clock.GetElapsedTime(began).TotalSeconds, _log);
    }

    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<T>> Where<T>(bool holds, Measurement<T> measurement)
        where T : struct => holds ? [measurement] : [];

    private Measurement<long> Measure(long value) => new(value, _log);

    private static InstrumentAdvice<double> Buckets() =>
        new() { HistogramBucketBoundaries = [0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5] };
}
