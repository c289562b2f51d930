using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Polly.CircuitBreaker;

namespace DataExchange.Enforcement.Telemetry;

/// <summary>The meter <c>DataExchange.Enforcement</c>. Its tags are member codes, slugs and fixed words: nothing of a subject or a caller.</summary>
public sealed class EnforcementMetrics
{
    public const string MeterName = "DataExchange.Enforcement";

    private readonly ConcurrentDictionary<string, CircuitBreakerStateProvider> _circuits = new(StringComparer.Ordinal);
    private readonly Counter<long> _decisions;
    private readonly Histogram<double> _exchanges;
    private readonly Histogram<double> _tries;
    private readonly Counter<long> _retries;
    private readonly Counter<long> _timeouts;
    private readonly Counter<long> _redecisions;
    private readonly Counter<long> _anomalies;

    public EnforcementMetrics(IMeterFactory factory)
    {
        var meter = factory.Create(MeterName);
        _decisions = meter.CreateCounter<long>("data_exchange.decisions", "{decision}", "Decisions by code: permit, partial or a problem slug.");
        _exchanges = meter.CreateHistogram("data_exchange.exchange.duration", "s", "Time of one exchange, by provider and code.", advice: Seconds);
        _tries = meter.CreateHistogram("data_exchange.provider.duration", "s", "Time of one try at a provider, to the last byte, by status class.", advice: Seconds);
        _retries = meter.CreateCounter<long>("data_exchange.provider.retries", "{retry}", "Tries after the first.");
        _timeouts = meter.CreateCounter<long>("data_exchange.provider.timeouts", "{timeout}", "Time-outs, of one try or in total.");
        _redecisions = meter.CreateCounter<long>("data_exchange.redecisions", "{decision}", "Outcomes decided again because the rules had moved.");
        _anomalies = meter.CreateCounter<long>("data_exchange.anomalies", "{finding}", "Findings of the anomaly rules, by rule and action.");
        meter.CreateObservableGauge("data_exchange.provider.circuit", ObserveCircuits, "{state}", "0 closed, 1 half open, 2 open or isolated.");
    }

    private static InstrumentAdvice<double> Seconds => new()
    {
        HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    };

    internal void Decided(string code) => _decisions.Add(1, new KeyValuePair<string, object?>("code", code));

    internal void DecidedAgain() => _redecisions.Add(1);

    internal void Found(string rule, string action) => _anomalies.Add(1, new("rule", rule), new("action", action));

    internal void Exchanged(string provider, string code, TimeSpan duration) =>
        _exchanges.Record(duration.TotalSeconds, new("provider", provider), new("code", code));

    internal void ProviderTry(string provider, string result, TimeSpan duration) =>
        _tries.Record(duration.TotalSeconds, new("provider", provider), new("result", result));

    internal void ProviderRetried(string provider) => _retries.Add(1, new KeyValuePair<string, object?>("provider", provider));

    internal void ProviderTimedOut(string provider, string scope) => _timeouts.Add(1, new("provider", provider), new("scope", scope));

    internal void WatchCircuit(string provider, CircuitBreakerStateProvider circuit) => _circuits[provider] = circuit;

    private IEnumerable<Measurement<int>> ObserveCircuits()
    {
        foreach (var (provider, circuit) in _circuits)
        {
            var state = circuit.CircuitState switch
            {
                CircuitState.Closed => 0,
                CircuitState.HalfOpen => 1,
                _ => 2,
            };
            yield return new Measurement<int>(state, new KeyValuePair<string, object?>("provider", provider));
        }
    }
}
