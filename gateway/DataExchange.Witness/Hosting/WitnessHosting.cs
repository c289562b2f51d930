using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DataExchange.Witness.Hosting;

/// <summary>Where a witness runs: what changes between a process of its own and a guest inside another.</summary>
internal sealed record WitnessHosting
{
    /// <summary>
    /// Whether the process is the witness's own, so that it stops by itself at SIGTERM or Ctrl+C. A guest is stopped by its host, which
    /// may have things to finish with it first.
    /// </summary>
    public bool OwnsProcess { get; init; }

    /// <summary>Kestrel's own section (endpoints, certificates), where there is one; it overrides <c>Witness:Listen</c>.</summary>
    public IConfiguration? Kestrel { get; init; }

    /// <summary>Sets up logging: providers, levels, filters. Without it nothing is logged.</summary>
    public Action<ILoggingBuilder>? Logging { get; init; }

    /// <summary>Adds what the process wants besides.</summary>
    public Action<IServiceCollection>? Services { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
