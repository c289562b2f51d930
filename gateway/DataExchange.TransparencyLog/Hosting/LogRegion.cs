using System.Diagnostics.Metrics;
using DataExchange.Merkle;
using DataExchange.TransparencyLog.Following;
using DataExchange.TransparencyLog.Keys;
using DataExchange.TransparencyLog.Scrubbing;
using DataExchange.TransparencyLog.Stores;
using DataExchange.TransparencyLog.Telemetry;
using DataExchange.TransparencyLog.Writing;
using Microsoft.Extensions.Logging;

namespace DataExchange.TransparencyLog.Hosting;

/// <summary>A region's two logs, opened and verified. Disposing commits what waits, publishes it and closes.</summary>
public sealed class LogRegion : IAsyncDisposable
{
    private readonly SignedLog _access;
    private readonly SignedLog _governance;
    private readonly ILogger _logger;
    private readonly Lock _gate = new(); // Guards the next.
    private Task? _closing;

    private LogRegion(SignedLog access, SignedLog governance, ILogger logger)
    {
        (_access, _governance, _logger) = (access, governance, logger);
        Logs = new RegionLogs(access, governance);
    }

    public RegionLogs Logs { get; }

    /// <summary>What each log's scrubber has done and found, by the log's name.</summary>
    public IReadOnlyDictionary<string, ScrubStatus> Scrubs =>
        new Dictionary<string, ScrubStatus> { [_access.Name] = _access.Scrub, [_governance.Name] = _governance.Scrub };

    /// <summary>Verifies what is stored, makes keys where nothing has been signed yet, signs both heads, and takes appends.</summary>
    /// <exception cref="LogCorruptException">What is stored is not the log that was signed.</exception>
    /// <exception cref="KeyFileException">A signing key is missing, malformed, or readable by others.</exception>
    /// <exception cref="ArgumentException">A setting cannot be; the message lists all of them.</exception>
    public static async Task<LogRegion> OpenAsync(
        ILogStorage storage, TransparencyLogOptions options, TimeProvider clock, ILogger<LogRegion> logger, IMeterFactory? meters, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(storage);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Validate().ToArray() is { Length: > 0 } errors)
        {
            throw new ArgumentException(string.Join(Environment.NewLine, errors), nameof(options));
        }

        var opener = new Opener(storage, options, clock, logger, meters);
        var governance = await opener.OpenAsync(LogNames.Governance, cancellationToken);
        try
        {
            return new LogRegion(await opener.OpenAsync(LogNames.Access, cancellationToken), governance, logger);
        }
        catch
        {
            await governance.DisposeAsync();
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
        await CloseAsync(_access);
        await CloseAsync(_governance);
    }

    private async ValueTask CloseAsync(SignedLog log)
    {
        await log.DisposeAsync();
        Log.Stopped(_logger, log.Origin, log.Latest.Size);
    }

    private sealed class Opener(ILogStorage storage, TransparencyLogOptions options, TimeProvider clock, ILogger logger, IMeterFactory? meters)
    {
        public async Task<SignedLog> OpenAsync(string name, CancellationToken cancellationToken)
        {
            var store = storage.OpenLog(name);
            var tiles = storage.OpenTiles(name);
            try
            {
                return await OpenAsync(name, store, tiles, cancellationToken);
            }
            catch
            {
                await tiles.DisposeAsync();
                await store.DisposeAsync();
                throw;
            }
        }

        // Verified first, signed then: a key that signs before it knows what stands there could sign two histories.
        private async Task<SignedLog> OpenAsync(string name, ILogStore store, ITileStore tiles, CancellationToken cancellationToken)
        {
            var origin = $"{options.Region}/{name}";
            var isEmpty = (await store.ReadHeadAsync(cancellationToken)).Size == 0;
            var signer = KeyFile.Open(Path.Combine(options.KeyFolder, $"{name}.key"), origin, mayCreate: isEmpty);
            var verification = new LogVerification(store, tiles, origin);
            var position = await tiles.ReadPositionAsync(cancellationToken);
            var buffer = new DerivedBuffer(tiles, position, options.FlushEntries);
            var (tree, head) = await verification.RunAsync(ReadPublished(position.Note, signer.Verifier), buffer, cancellationToken);

            var metrics = new LogMetrics(name, clock, meters);
            var queue = new AppendQueue(options.MaxQueuedEntries, options.MaxQueuedBytes);
            var writer = new LogWriter(store, verification, signer, queue, options, clock, metrics, logger);
            var publisher = new TilePublisher(verification, buffer, options, clock, logger);
            writer.Advanced = publisher.Wake;
            writer.Start(head with { Range = tree.Range });
            publisher.Start(tree, () => writer.Latest, queue.Fault);
            metrics.Observe(() => writer.Latest.Size, () => publisher.View.Checkpoint.Size, () => queue.Health.IsWritable);
            var scrubber = new Scrubber(
                new ScrubParts(
                    origin, store, tiles, () => publisher.View.Checkpoint, () => queue.Health.IsWritable, options, new ScrubMetrics(name, meters), logger),
                clock);
            scrubber.Start();
            Log.Opened(logger, origin, head.Size, signer.Verifier.ToString());
            return new SignedLog(name, signer, new LogParts(store, tiles, queue, writer, buffer, publisher, metrics, scrubber));
        }

        private static Checkpoint? ReadPublished(string? note, NoteVerifier verifier)
        {
            if (note is null)
            {
                return null;
            }

            return Checkpoint.TryOpen(note, verifier, out var checkpoint)
                ? checkpoint
                : throw new LogCorruptException(
                    $"The checkpoint published last is not signed by the key {verifier}. Restore the key and the region's name that the log began with.");
        }
    }
}
