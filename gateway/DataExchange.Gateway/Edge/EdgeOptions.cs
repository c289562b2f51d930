namespace DataExchange.Gateway.Edge;

/// <summary>What is taken in from the network. Section <c>Edge</c>.</summary>
public sealed class EdgeOptions
{
    /// <summary>
    /// Addresses of the proxies whose <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are believed. Default: none; the headers
    /// are then dropped like those of anyone else.
    /// </summary>
    public IList<string> TrustedProxies { get; } = [];

    /// <summary>Largest request body in bytes where the endpoint sets no limit of its own. Default: 1 MiB.</summary>
    public long MaxRequestBodySize { get; set; } = 1024 * 1024;

    /// <summary>Largest size of all request headers together, in bytes. Default: 16 KiB.</summary>
    public int MaxRequestHeadersTotalSize { get; set; } = 16 * 1024;

    /// <summary>How long a client may take to send its headers. Default: 10 s.</summary>
    public TimeSpan RequestHeadersTimeout { get; set; } = TimeSpan.FromSeconds(10);
}
