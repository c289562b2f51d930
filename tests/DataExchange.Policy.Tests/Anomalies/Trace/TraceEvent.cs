using DataExchange.Policy.Anomalies;

namespace DataExchange.Policy.Tests.Anomalies.Trace;

/// <summary>One attempt of the trace.</summary>
/// <param name="Official">Who.</param>
/// <param name="Attempt">What the rules see.</param>
/// <param name="Problem">How it would be refused by the other gates; null when it would not.</param>
/// <param name="Intrusion">What it really is; null for honest work.</param>
internal sealed record TraceEvent(Official Official, AccessAttempt Attempt, string? Problem, Intrusion? Intrusion);
