using System.Diagnostics.Metrics;
using DataExchange.Merkle;
using DataExchange.TransparencyLog.Adoption;
using DataExchange.TransparencyLog.Following;
using DataExchange.TransparencyLog.Guards;
using DataExchange.TransparencyLog.Keys;
using DataExchange.TransparencyLog.Scrubbing;
using DataExchange.TransparencyLog.Stores;
using DataExchange.TransparencyLog.Telemetry;
using DataExchange.TransparencyLog.Witnessing;
using DataExchange.TransparencyLog.Writing;
using Microsoft.Extensions.Logging;

namespace DataExchange.TransparencyLog.Hosting;

/// <summary>What both logs of a region are opened with.</summary>
internal sealed record LogSurroundings(
    ILogStorage Storage, TransparencyLogOptions Options, IWitnessDirectory Witnesses, HttpMessageInvoker Http, TimeProvider Clock, ILogger Logger, IMeterFactory? Meters)
{
    /// <summary>One for both logs.</summary>
    public LogFreeze Freeze { get; } = new();
}

/// <summary>
/// One log on its way from its stores to its first signature: key, verification, what others remember, signature. A key that signed
/// before it knew what stands there could sign two histories.
/// </summary>
internal sealed class LogOpener : IAsyncDisposable
{
    private readonly LogSurroundings _with;
    private readonly string _name;
    private readonly LogGeneration _generation;
    private readonly ILogStore _store;
    private readonly ITileStore _tiles;
    private NoteSigner? _signer;
    private bool _opened;

    public LogOpener(LogGeneration generation, LogSurroundings with)
    {
        (_name, _generation, _with) = (generation.Name, generation, with);
        _store = with.Storage.OpenLog(_name);
        _tiles = with.Storage.OpenTiles(_name);
    }

    private string Origin => _generation.Origin(_with.Options.Region);

    /// <summary>Reads the key, or makes one when nothing has been signed yet.</summary>
    /// <exception cref="KeyFileException">The key is missing, malformed, readable by others, or out of reach.</exception>
    /// <exception cref="LogCorruptException">The log was begun with another key.</exception>
    public async Task<NoteVerifier> OpenKeyAsync(CancellationToken cancellationToken)
    {
        var isEmpty = (await _store.ReadHeadAsync(cancellationToken)).Size == 0;
        _signer = KeyFile.Open(Path.Combine(_with.Options.KeyFolder, _generation.KeyFile), Origin, mayCreate: isEmpty);
        await ThrowIfReplacedAsync(_signer.Verifier.ToString(), cancellationToken);
        return _signer.Verifier;
    }

    /// <summary>Verifies the log, holds it against what others remember, signs its head, and takes appends. Once, after the key.</summary>
    /// <exception cref="LogCorruptException">What is stored does not fit together.</exception>
    /// <exception cref="LogRolledBackException">Somebody remembers more, or another log.</exception>
    public async Task<SignedLog> OpenAsync(CancellationToken cancellationToken)
    {
        var (options, clock, logger) = (_with.Options, _with.Clock, _with.Logger);
        var signer = _signer ?? throw new InvalidOperationException("The key comes first.");
        var verification = new LogVerification(_store, _tiles, Origin);
        var position = await _tiles.ReadPositionAsync(cancellationToken);
        var buffer = new DerivedBuffer(_tiles, position, options.FlushEntries);
        var published = ReadPublished(position.Note, signer.Verifier);
        var (tree, head) = await verification.RunAsync(
            published is null ? null : new KnownCheckpoint(published.Checkpoint, "the checkpoint published last"), buffer, cancellationToken);

        var client = new WitnessClient(_with.Http, options.WitnessTimeout, clock);
        var mark = OpenMark(signer.Verifier);
        var known = await new WitnessInquiry(_with.Witnesses, client, logger).AskAsync(signer.Verifier, head.Size, published, cancellationToken);
        await RollbackCheck.RunAsync(Origin, tree, new TreeTiles(tree, buffer), [.. known, .. Remembered(mark, head.Size)], cancellationToken);

        var metrics = new LogMetrics(_name, clock, _with.Meters);
        var queue = new AppendQueue(options.MaxQueuedEntries, options.MaxQueuedBytes);
        var writer = new LogWriter(_store, verification, _with.Freeze, signer, queue, options, clock, metrics, logger);
        var publisher = new TilePublisher(verification, buffer, options, clock, logger);
        var judge = new RollbackJudge(_store, signer.Verifier, _with.Freeze, mark);
        var witnessed = new WitnessedCheckpoints(publisher, options.MaxWitnessLag, clock);
        var submissions = new WitnessSubmissions(signer.Verifier, _with.Witnesses, judge, witnessed, clock, metrics, logger);
        var witnessing = new LogWitnessing(signer.Verifier, _with.Witnesses, client, publisher, witnessed, submissions, options, clock, logger);
        var keeper = mark is null ? null : new HighWaterMarkKeeper(mark, options.HighWaterMarkInterval, clock, metrics, logger);
        var scrubber = new Scrubber(
            new ScrubParts(Origin, _store, _tiles, () => publisher.View.Checkpoint, () => queue.Health.IsWritable, options, new ScrubMetrics(_name, _with.Meters), logger),
            clock);

        // From the first signature on the log closes itself; before it, nothing runs yet.
        _with.Freeze.Frozen += queue.Fault;
        publisher.Advanced = witnessing.Wake;
        writer.Advanced = keeper is null ? publisher.Wake : (Action)publisher.Wake + keeper.Wake;
        writer.Start(head with { Range = tree.Range });
        _opened = true;
        publisher.Start(tree, () => writer.Latest, queue.Fault);
        keeper?.Start(() => writer.Latest);
        witnessing.Start();
        scrubber.Start();
        metrics.Observe(() => writer.Latest.Size, () => publisher.View.Size, () => queue.Health.IsWritable);
        metrics.ObserveGuards(() => _with.Freeze.IsSet, () => _with.Witnesses.Current.Policy.Quorum is not null);
        Log.Opened(logger, Origin, head.Size, signer.Verifier.ToString());
        return new SignedLog(_name, signer, new LogParts(_store, _tiles, queue, writer, buffer, publisher, witnessing, keeper, scrubber, _with.Freeze, metrics));
    }

    private HighWaterMark? OpenMark(NoteVerifier key)
    {
        if (_with.Options.HighWaterMarkFolder is not { } folder)
        {
            Log.NoMark(_with.Logger, Origin);
            return null;
        }

        var mark = new HighWaterMark(folder, key);
        mark.Prepare();
        return mark;
    }

    private IEnumerable<KnownCheckpoint> Remembered(HighWaterMark? mark, long size)
    {
        if (mark?.Read() is { } known)
        {
            return [known];
        }

        if (mark is not null && size > 0)
        {
            Log.MarkMissing(_with.Logger, Origin, mark.Path, size);
        }

        return [];
    }

    /// <summary>Closes what an opening that failed has left; an opened log closes its own.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_opened)
        {
            _signer?.Dispose();
            await _tiles.DisposeAsync();
            await _store.DisposeAsync();
        }
    }

    // Before anything is signed. The note that was published last tells too, but it is derived and may have been deleted.
    private async ValueTask ThrowIfReplacedAsync(string key, CancellationToken cancellationToken)
    {
        var kept = await _store.KeepKeyAsync(key, cancellationToken);
        if (kept != key)
        {
            throw new LogCorruptException($"The log is signed by the key {kept}, not by {key}. Restore the key and the region's name that the log began with.");
        }
    }

    private static SignedCheckpoint? ReadPublished(string? note, NoteVerifier verifier)
    {
        if (note is null)
        {
            return null;
        }

        return Checkpoint.TryOpen(note, verifier, out var checkpoint)
            ? new SignedCheckpoint(checkpoint, note)
            : throw new LogCorruptException(
                $"The checkpoint published last is not signed by the key {verifier}. Restore the key and the region's name that the log began with.");
    }
}
