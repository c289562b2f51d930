using System.Diagnostics.Metrics;
using DataExchange.TransparencyLog.Adoption;
using DataExchange.TransparencyLog.Stores;
using DataExchange.TransparencyLog.Telemetry;
using Microsoft.Extensions.Logging;

namespace DataExchange.TransparencyLog.Hosting;

/// <summary>A region's two logs, opened and verified. Disposing commits what waits, publishes it and closes.</summary>
public sealed class LogRegion : IAsyncDisposable
{
    private readonly SignedLog _access;
    private readonly SignedLog _governance;
    private readonly HttpMessageInvoker _http;
    private readonly ILogger _logger;
    private readonly Lock _gate = new(); // Guards the next.
    private Task? _closing;

    private LogRegion(SignedLog access, SignedLog governance, HttpMessageInvoker http, ILogger logger)
    {
        (_access, _governance, _http, _logger) = (access, governance, http, logger);
        Logs = new RegionLogs(access, governance);
    }

    public RegionLogs Logs { get; }

    /// <summary>What each log's scrubber has done and found, by the log's name.</summary>
    public IReadOnlyDictionary<string, ScrubStatus> Scrubs =>
        new Dictionary<string, ScrubStatus> { [_access.Name] = _access.Scrub, [_governance.Name] = _governance.Scrub };

    /// <summary>Opens logs that no order retires: what writes the first leaf of a new one is not given.</summary>
    /// <inheritdoc cref="OpenAsync(ILogStorage, TransparencyLogOptions, IWitnessDirectory?, IAdoptionLeaf?, TimeProvider, ILogger{LogRegion}, IMeterFactory?, CancellationToken)"/>
    public static Task<LogRegion> OpenAsync(
        ILogStorage storage, TransparencyLogOptions options, IWitnessDirectory? witnesses, TimeProvider clock, ILogger<LogRegion> logger, IMeterFactory? meters, CancellationToken cancellationToken) =>
        OpenAsync(storage, options, witnesses, adoption: null, clock, logger, meters, cancellationToken);

    /// <summary>Carries out an order to retire a log, makes keys where nothing has been signed yet, verifies what is stored, asks who remembers it, signs both heads, and takes appends.</summary>
    /// <exception cref="LogCorruptException">What is stored does not fit together.</exception>
    /// <exception cref="LogRolledBackException">A witness or the high-water mark remembers more than is stored, or another log.</exception>
    /// <exception cref="AdoptionRefusedException">There is an order to retire a log that does not fit what is stored.</exception>
    /// <exception cref="KeyFileException">A signing key is missing, malformed, or readable by others.</exception>
    /// <exception cref="ArgumentException">A setting cannot be; the message lists all of them.</exception>
    public static async Task<LogRegion> OpenAsync(
        ILogStorage storage,
        TransparencyLogOptions options,
        IWitnessDirectory? witnesses,
        IAdoptionLeaf? adoption,
        TimeProvider clock,
        ILogger<LogRegion> logger,
        IMeterFactory? meters,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(storage);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Validate().ToArray() is { Length: > 0 } errors)
        {
            throw new ArgumentException(string.Join(Environment.NewLine, errors), nameof(options));
        }

        // One address can come to mean another machine: connections are not kept for ever.
        var http = new HttpMessageInvoker(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(2), AllowAutoRedirect = false, UseCookies = false });
        try
        {
            var with = new LogSurroundings(storage, options, witnesses ?? new NoWitnesses(), http, clock, logger, meters);
            await new Adopter(with, adoption).RunAsync(cancellationToken);
            return await OpenAsync(with, cancellationToken);
        }
        catch
        {
            http.Dispose();
            throw;
        }
    }

    private static async Task<LogRegion> OpenAsync(LogSurroundings with, CancellationToken cancellationToken)
    {
        var retired = await with.Storage.Adoptions.ReadRetiredAsync(cancellationToken);
        await using var governance = new LogOpener(LogGeneration.Current(LogNames.Governance, retired), with);
        await using var access = new LogOpener(LogGeneration.Current(LogNames.Access, retired), with);
        await with.Witnesses.OpenAsync([await governance.OpenKeyAsync(cancellationToken), await access.OpenKeyAsync(cancellationToken)], cancellationToken);
        var opened = await governance.OpenAsync(cancellationToken);
        try
        {
            return new LogRegion(await access.OpenAsync(cancellationToken), opened, with.Http, with.Logger);
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }

    /// <summary>Once; the host's stop and its container both ask for it, and both wait for its end.</summary>
    public ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            return new ValueTask(_closing ??= CloseAsync());
        }
    }

    /// <summary>Access first: its entries refer to governance.</summary>
    private async Task CloseAsync()
    {
        try
        {
            await CloseAsync(_access);
        }
        finally
        {
            await CloseAsync(_governance);
            _http.Dispose();
        }
    }

    private async ValueTask CloseAsync(SignedLog log)
    {
        await log.DisposeAsync();
        Log.Stopped(_logger, log.Origin, log.Latest.Size);
    }
}
