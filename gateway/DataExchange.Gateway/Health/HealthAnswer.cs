namespace DataExchange.Gateway.Health;

/// <summary>Answer of <c>/health/ready</c>.</summary>
/// <param name="Status"><c>ready</c> or <c>unready</c>.</param>
/// <param name="Checks">Each part by name.</param>
public sealed record HealthAnswer(string Status, IReadOnlyDictionary<string, HealthDetail> Checks);

/// <summary>State of one part: <c>Healthy</c>, <c>Degraded</c> (does not keep the gateway from being ready) or <c>Unhealthy</c>.</summary>
public sealed record HealthDetail(string Status, string? Description, IReadOnlyDictionary<string, object> Data);
