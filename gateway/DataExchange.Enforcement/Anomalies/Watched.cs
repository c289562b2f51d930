using DataExchange.Policy.Anomalies;

namespace DataExchange.Enforcement.Anomalies;

/// <summary>An attempt that the anomaly rules have seen. The zero value is one that nobody watches.</summary>
/// <param name="Observation">What the engine knows it by.</param>
/// <param name="Signals">Findings to be entered once it is logged; null for none.</param>
/// <param name="Facts">What the decision is told; null for nothing.</param>
/// <param name="UntilMs">When the last of the windows ends that it is throttled for, milliseconds since the Unix epoch.</param>
/// <param name="Member">Member of the official's client.</param>
internal readonly record struct Watched(Observation Observation, IReadOnlyList<AnomalySignal>? Signals, IReadOnlyList<AnomalyFact>? Facts, long UntilMs, string? Member);
