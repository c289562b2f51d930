namespace DataExchange.TransparencyLog.Stores;

/// <summary>
/// The durable batches and the head of one log. Guarantees that every implementation gives, and the conformance suite tests:
/// <list type="bullet">
/// <item>Between <see cref="BeginAsync"/> and the end of its transaction nobody else, in any process, moves this log's head or the pinned log's.</item>
/// <item>When <see cref="ILogTransaction.CommitAsync"/> returns, the batch, the state rows and the head are durable together. When it
/// throws, either all of them are or none is, and <see cref="ContainsAsync"/> tells which.</item>
/// <item>Writers of one process get their turn in the order in which they asked.</item>
/// <item>Reads see committed batches only, and do not hold up writers.</item>
/// </list>
/// Calls may complete synchronously and block on I/O. Any exception means that the outcome is not known.
/// </summary>
public interface ILogStore : IAsyncDisposable
{
    /// <summary>Whether pins refer to this log; only its entries may change state.</summary>
    bool IsPinned { get; }

    /// <summary>The head as last committed.</summary>
    ValueTask<LogHead> ReadHeadAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Remembers the verifier key that the log's checkpoints are signed under, durably, and returns the one that is remembered. A log
    /// without entries takes the new one; one with entries keeps the key that it has.
    /// </summary>
    ValueTask<string> KeepKeyAsync(string verifierKey, CancellationToken cancellationToken);

    /// <summary>Takes the write lock and reads the head and the pinned log's size under it.</summary>
    ValueTask<ILogTransaction> BeginAsync(CancellationToken cancellationToken);

    /// <summary>
    /// The batches that hold entries from <paramref name="first"/> on, in order: at least the first of them if there is one, and no
    /// more than are needed for <paramref name="count"/> entries or fit in a few megabytes. Call again for what follows.
    /// </summary>
    ValueTask<IReadOnlyList<LogBatch>> ReadAsync(long first, long count, BatchParts parts, CancellationToken cancellationToken);

    /// <summary>
    /// As <see cref="ReadAsync"/>, but only the batches in which an entry has no search key, all parts of them; none where there is no
    /// such batch. The cost is theirs, whatever the log's size. Search keys are 32 bytes.
    /// </summary>
    ValueTask<IReadOnlyList<LogBatch>> ReadUnkeyedAsync(long first, long count, CancellationToken cancellationToken);

    /// <summary>Whether the batch is committed, asked on a connection that had no part in committing it.</summary>
    ValueTask<bool> ContainsAsync(long firstIndex, BatchId id, CancellationToken cancellationToken);

    /// <summary>
    /// Drops every connection and opens the store afresh. Returns only when a write has proved durable and everything that can be
    /// read is durable too: after a failed fsync, pages that were only in the operating system's cache have been written again.
    /// </summary>
    ValueTask ReopenAsync(CancellationToken cancellationToken);
}
