namespace DataExchange.Policy.Anomalies;

/// <summary>A finding that stood against the actor before the decision: what the rules are told, and what is logged of it to decide again.</summary>
public sealed record AnomalyFact(string Rule, AnomalyAction Action);
