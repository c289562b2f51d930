namespace DataExchange.Enforcement.Providers;

/// <summary>When an address of a provider counts as unhealthy. Section <c>Providers:{member}:Health</c>.</summary>
/// <remarks>Failures of real questions always count (YARP's transport failure rate); probing is extra.</remarks>
public sealed class ProviderHealthOptions
{
    /// <summary>Whether addresses are probed. Default false.</summary>
    public bool Active { get; set; }

    /// <summary>What is probed with GET. Default <c>/health/ready</c>.</summary>
    public string Path { get; set; } = "/health/ready";

    /// <summary>Time between probes. Default 10 s.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Time a probe may take. Default 2 s; shorter than the interval.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long an address that failed real questions is passed over while others are healthy. Default 10 s; never less than the 60 s over which failures are counted.</summary>
    public TimeSpan ReactivationPeriod { get; set; } = TimeSpan.FromSeconds(10);
}
