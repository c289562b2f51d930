using DataExchange.Policy.Events;

namespace DataExchange.Enforcement.Governance;

/// <summary>An event with its place in the governance log.</summary>
/// <param name="Event">What happened.</param>
/// <param name="Index">Index of its entry.</param>
/// <param name="Time">Log time.</param>
public sealed record LoggedEvent(GovernanceEvent Event, long Index, DateTimeOffset Time);
