namespace DataExchange.TransparencyLog.Stores;

/// <summary>A turn at the write lock. Disposing it without a commit leaves nothing behind.</summary>
public interface ILogTransaction : IAsyncDisposable
{
    /// <summary>The head under the lock.</summary>
    LogHead Head { get; }

    /// <summary>The size of the pinned log under the same lock.</summary>
    long PinnedSize { get; }

    /// <summary>Adds the batch, applies the state changes in order and moves the head from <see cref="Head"/> to <paramref name="next"/>, all or nothing.</summary>
    ValueTask CommitAsync(LogBatch batch, LogHead next, IReadOnlyList<IndexedChange> changes, CancellationToken cancellationToken);
}
