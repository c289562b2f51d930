using System.Diagnostics.Metrics;
using DataExchange.TransparencyLog.Telemetry;

namespace DataExchange.TransparencyLog.Scrubbing;

/// <summary>Metrics of one log's scrubber; each carries <c>log.name</c>. Entries a second are the rate of the counter.</summary>
internal sealed class ScrubMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<long> _entries;
    private readonly Counter<long> _findings;
    private readonly KeyValuePair<string, object?> _log;

    public ScrubMetrics(string log, IMeterFactory? factory)
    {
        _log = new KeyValuePair<string, object?>("log.name", log);
        _meter = new Meter(new MeterOptions(LogMetrics.MeterName) { Tags = [_log], Scope = factory });
        _entries = _meter.CreateCounter<long>("data_exchange.log.scrub.entries", "{entry}", "Entries read again and hashed.");
        _findings = _meter.CreateCounter<long>(
            "data_exchange.log.scrub.findings", "{finding}", "What was not as it was signed, by scrub.finding and scrub.repaired.");
    }

    public void Observe(Func<ScrubStatus> status, TimeProvider clock)
    {
        _meter.CreateObservableGauge(
            "data_exchange.log.scrub.age",
            () => status().LastCompleted is { } completed ? [new Measurement<double>((clock.GetUtcNow() - completed).TotalSeconds, _log)] : Array.Empty<Measurement<double>>(),
            "s",
            "Time since the last whole pass; absent before the first.");
        _meter.CreateObservableGauge(
            "data_exchange.log.scrub.position", () => new Measurement<long>(status().Position, _log), "{entry}", "Entries of the present pass that have been walked.");
        _meter.CreateObservableGauge(
            "data_exchange.log.scrub.damaged", () => new Measurement<long>(status().Damaged, _log), "{finding}", "Damage found in the last pass that could not be repaired: 0 is well.");
    }

    public void Walked(int entries) => _entries.Add(entries, _log);

    public void Found(ScrubFinding finding) =>
        _findings.Add(1, _log, new("scrub.finding", finding.Kind), new("scrub.repaired", finding.Repaired));

    public void Dispose() => _meter.Dispose();
}
