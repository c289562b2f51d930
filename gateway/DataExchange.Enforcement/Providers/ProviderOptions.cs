namespace DataExchange.Enforcement.Providers;

/// <summary>How one department's adapter is reached. Section <c>Providers:{member}</c>.</summary>
public sealed class ProviderOptions
{
    /// <summary>Base addresses (<c>http</c> or <c>https</c>, no path, query or fragment) of the adapter's replicas. Default: none; an adapter in this process registers itself.</summary>
    public IList<string> Addresses { get; } = [];

    /// <summary>Speak HTTP/2 without fallback; over <c>http</c> that is prior knowledge. Default: HTTP/1.1.</summary>
    public bool Http2 { get; set; }

    /// <summary>Longest answer in bytes, headers not counted. A longer one is <c>provider-schema-violation</c>. Default 1 MiB; from 1 KiB to 64 MiB.</summary>
    public int MaxAnswerBytes { get; set; } = 1024 * 1024;

    public ProviderResilienceOptions Resilience { get; } = new();

    public ProviderHealthOptions Health { get; } = new();
}
