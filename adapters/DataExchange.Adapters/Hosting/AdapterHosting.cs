using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace DataExchange.Adapters.Hosting;

/// <summary>Where an adapter runs: what changes between a process of its own and a guest inside another.</summary>
public sealed record AdapterHosting
{
    /// <summary>Where to listen, when <see cref="Kestrel"/> names no endpoints. Port 0 takes any free one; <c>app.Urls</c> tells which after the start.</summary>
    public IReadOnlyList<string> Urls { get; init; } = ["http://127.0.0.1:0"];

    /// <summary>Kestrel's own section (endpoints, certificates), where there is one.</summary>
    public IConfiguration? Kestrel { get; init; }

    /// <summary>Sets up logging: providers, levels, filters. Without it nothing is logged.</summary>
    public Action<ILoggingBuilder>? Logging { get; init; }

    /// <summary>
    /// Whether the process is the adapter's own, so that it stops by itself at SIGTERM or Ctrl+C. A guest is stopped by its host, which
    /// may have things to finish with it first.
    /// </summary>
    public bool OwnsProcess { get; init; }

    /// <summary>The adapter's clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
