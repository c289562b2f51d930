using System.Runtime.CompilerServices;
using DataExchange.Merkle;
using DataExchange.TransparencyLog.Following;
using DataExchange.TransparencyLog.Guards;
using DataExchange.TransparencyLog.Scrubbing;
using DataExchange.TransparencyLog.Stores;
using DataExchange.TransparencyLog.Telemetry;
using DataExchange.TransparencyLog.Witnessing;
using DataExchange.TransparencyLog.Writing;

namespace DataExchange.TransparencyLog;

/// <summary>One log, opened: a writer, the publisher that follows it, and the reads.</summary>
internal sealed class SignedLog(string name, NoteSigner signer, LogParts parts) : ITransparencyLog, IAsyncDisposable
{
    public string Origin => signer.Name;

    public string Name => name;

    public NoteVerifier Verifier => signer.Verifier;

    public SignedCheckpoint Latest => parts.Writer.Latest;

    public SignedCheckpoint Published => parts.Publisher.View.Checkpoint;

    public SignedCheckpoint Served => parts.Witnessing.Served.Checkpoint;

    public IReadOnlyList<WitnessStatus> Witnesses => parts.Witnessing.Witnesses;

    public LogHealth Health => parts.Queue.Health;

    public ScrubStatus Scrub => parts.Scrubber.Status;

    public ValueTask<AppendResult> AppendAsync(LogEntry entry, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entry);
        entry.ThrowIfInvalid();
        if (entry.Changes.Count > 0 && !parts.Store.IsPinned)
        {
            throw new ArgumentException($"Entries of the log {name} change no state.", nameof(entry));
        }

        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<AppendResult>(cancellationToken);
        }

        var append = PendingAppend.Rent(entry, parts.Metrics.Now());
        try
        {
            parts.Queue.Add(append);
        }
        catch (LogUnavailableException exception)
        {
            append.Abandon();
            parts.Metrics.Refused(1);
            return ValueTask.FromException<AppendResult>(exception);
        }

        return append.Await(cancellationToken);
    }

    public ValueTask WaitPublishedAsync(long size, CancellationToken cancellationToken) => parts.Publisher.WaitAsync(size, cancellationToken);

    public ValueTask<ReadOnlyMemory<byte>?> ReadTileAsync(TileId tile, CancellationToken cancellationToken)
    {
        var view = parts.Publisher.View;
        return tile.Level == TileId.Entries
            ? LogReader.BundleAsync(parts.Store, tile, view.Checkpoint.Size, cancellationToken)
            : view.Tiles.ReadAsync(tile, cancellationToken);
    }

    public IAsyncEnumerable<StoredEntry> ReadAsync(long first, long count, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var size = Latest.Size;
        return LogReader.ReadAsync(parts.Store, first, count < size - first ? first + count : size, cancellationToken);
    }

    public IAsyncEnumerable<StoredEntry> ReadUnkeyedAsync(long first, long count, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var size = Latest.Size;
        return LogReader.ReadUnkeyedAsync(parts.Store, first, count < size - first ? first + count : size, cancellationToken);
    }

    public ValueTask<IReadOnlyList<long>> FindAsync(ReadOnlyMemory<byte> key, CancellationToken cancellationToken) =>
        parts.Buffer.FindAsync(key, Published.Size, cancellationToken);

    public async ValueTask<TlogProof?> ProveAsync(long index, CancellationToken cancellationToken)
    {
        var view = ProvingView(index);
        return IsIn(view, index) ? await CheckedProof.MakeAsync(view, index, parts.Scrubber, cancellationToken) : null;
    }

    public bool MustBeWitnessed => parts.Witnessing.MustWait;

    public async ValueTask<AppendResult> WitnessedAsync(AppendResult appended, CancellationToken cancellationToken)
    {
        await parts.Witnessing.WaitAsync(appended.Index + 1, cancellationToken);
        return appended with { Witnessed = await ProveAsync(appended.Index, cancellationToken) };
    }

    public async IAsyncEnumerable<TlogProof> ProveAsync(IReadOnlyList<long> indexes, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var view = ProvingView(indexes.DefaultIfEmpty().Max());
        if (!indexes.All(index => IsIn(view, index)))
        {
            throw new ArgumentOutOfRangeException(nameof(indexes));
        }

        foreach (var index in indexes)
        {
            yield return await CheckedProof.MakeAsync(view, index, parts.Scrubber, cancellationToken);
        }
    }

    public async ValueTask<CoseReceipt?> ProveInCoseAsync(long index, CancellationToken cancellationToken)
    {
        if (parts.Freeze.IsSet)
        {
            throw new LogUnavailableException($"The log {Origin} is frozen: nothing is signed.");
        }

        var view = ProvingView(index) is { Size: > 1 } proving ? proving : parts.Publisher.View;
        return IsIn(view, index) && view.Size > 1
            ? signer.SignReceipt(view.Checkpoint.Checkpoint, index, (await CheckedProof.MakeAsync(view, index, parts.Scrubber, cancellationToken)).Hashes)
            : null;
    }

    // Under the newest quorum where that covers the entry: the proof then says what strangers have seen, and not only what the log says.
    private PublishedView ProvingView(long index) => parts.Witnessing.Newest is { } newest && index < newest.Size ? newest : parts.Publisher.View;

    private static bool IsIn(PublishedView view, long index) => index >= 0 && index < view.Size;

    /// <summary>Commits what waits, publishes it, and closes the stores.</summary>
    public async ValueTask DisposeAsync()
    {
        await parts.Writer.StopAsync();
        await parts.Publisher.StopAsync();
        await parts.Witnessing.StopAsync();
        if (parts.Mark is not null)
        {
            await parts.Mark.StopAsync();
        }

        await parts.Scrubber.DisposeAsync();
        parts.Metrics.Dispose();
        parts.Mark?.Dispose();
        parts.Witnessing.Dispose();
        parts.Publisher.Dispose();
        parts.Writer.Dispose();
        parts.Queue.Dispose();
        signer.Dispose();
        await parts.Tiles.DisposeAsync();
        await parts.Store.DisposeAsync();
    }
}

/// <summary>What an opened log is made of.</summary>
internal sealed record LogParts(
    ILogStore Store,
    ITileStore Tiles,
    AppendQueue Queue,
    LogWriter Writer,
    DerivedBuffer Buffer,
    TilePublisher Publisher,
    LogWitnessing Witnessing,
    HighWaterMarkKeeper? Mark,
    Scrubber Scrubber,
    LogFreeze Freeze,
    LogMetrics Metrics);
