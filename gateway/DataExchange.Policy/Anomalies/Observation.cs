namespace DataExchange.Policy.Anomalies;

/// <summary>An attempt that was counted, and what the rules say of it. The zero value is an attempt that nobody watches.</summary>
/// <param name="Official">Who.</param>
/// <param name="Attempt">What the engine knows the attempt by.</param>
/// <param name="Signals">Null for none, which is nearly always.</param>
public readonly record struct Observation(Official Official, long Attempt, IReadOnlyList<AnomalySignal>? Signals)
{
    public bool IsWatched => Official.ClientId is not null;
}
