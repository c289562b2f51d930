namespace DataExchange.Enforcement.Providers;

/// <summary>
/// How patient we are with a provider. Section <c>Providers:{member}:Resilience</c>. From outside in: total time-out, concurrency limit,
/// retry, circuit breaker, time-out of one try. All of a member's addresses share them.
/// </summary>
public sealed class ProviderResilienceOptions
{
    /// <summary>Time for a question with all its tries. Default 10 s; more than <see cref="TryTimeout"/>, at most 5 min.</summary>
    public TimeSpan TotalTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Time for one try, to the last byte of the answer. Default 3 s; at least 10 ms.</summary>
    public TimeSpan TryTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Tries after the first, on a broken connection, a time-out, 408, 429 or 5xx: a question changes nothing, so it can be asked again. Default 2; 0 to 10.</summary>
    public int Retries { get; set; } = 2;

    /// <summary>Wait before the first retry; doubles with each, and is spread by jitter. Default 100 ms.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Share of failed tries, above 0 and up to 1, that opens the circuit. Default 0.5.</summary>
    public double CircuitFailureRatio { get; set; } = 0.5;

    /// <summary>Tries within <see cref="CircuitSamplingDuration"/> before the ratio means anything. Default 20; at least 2.</summary>
    public int CircuitMinimumThroughput { get; set; } = 20;

    /// <summary>How far back failures are counted. Default 10 s; at least 500 ms.</summary>
    public TimeSpan CircuitSamplingDuration { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an open circuit refuses before it lets one try through. Default 5 s; at least 500 ms.</summary>
    public TimeSpan CircuitBreakDuration { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Questions under way at once; the rest wait. Default 256; at least 1.</summary>
    public int MaxConcurrency { get; set; } = 256;

    /// <summary>Questions that may wait for a place; one more is refused at once. Default 1024; at least 0.</summary>
    public int MaxQueue { get; set; } = 1024;
}
