using DataExchange.Merkle;

namespace DataExchange.TransparencyLog;

/// <summary>An append-only log. An append that completed is durable and covered by a signed checkpoint.</summary>
public interface ITransparencyLog
{
    /// <summary><c>{region}/access</c> or <c>{region}/governance</c>; also the key's name. A log that took a retired one's place has its number behind it: <c>{region}/access-2</c>.</summary>
    string Origin { get; }

    /// <summary>Which of the two logs, whatever its origin: <c>access</c> or <c>governance</c>.</summary>
    string Name { get; }

    /// <summary>The key that the log's checkpoints verify under; its text is the vkey.</summary>
    NoteVerifier Verifier { get; }

    /// <summary>The newest signed checkpoint. Everything below its size is durable.</summary>
    SignedCheckpoint Latest { get; }

    /// <summary>The newest checkpoint for which every tile can be read.</summary>
    SignedCheckpoint Published { get; }

    /// <summary>
    /// The checkpoint to show to strangers, with the cosignatures it bears: the newest one under the policy's quorum while that keeps up
    /// with <see cref="Published"/>, and otherwise that one. Its size never shrinks while the log is open.
    /// </summary>
    SignedCheckpoint Served { get; }

    /// <summary>How each witness stands to this log.</summary>
    IReadOnlyList<WitnessStatus> Witnesses { get; }

    /// <summary>Whether appends are taken at all, and if not, why.</summary>
    LogHealth Health { get; }

    /// <summary>Completes when the entry is durable and signed, or when its pin has moved.</summary>
    /// <exception cref="ArgumentException">The entry is too large, or changes state in a log whose entries may not.</exception>
    /// <exception cref="LogUnavailableException">The log cannot commit, or too much waits already. Cancelling the token stops the wait, not the append.</exception>
    ValueTask<AppendResult> AppendAsync(LogEntry entry, CancellationToken cancellationToken);

    /// <summary>Completes when <see cref="Published"/> covers this size.</summary>
    /// <exception cref="LogUnavailableException">The log has stopped.</exception>
    ValueTask WaitPublishedAsync(long size, CancellationToken cancellationToken);

    /// <summary>A tile or entry bundle as it stands at <see cref="Published"/>; null when it does not exist there.</summary>
    ValueTask<ReadOnlyMemory<byte>?> ReadTileAsync(TileId tile, CancellationToken cancellationToken);

    /// <summary>Entries from <paramref name="first"/> in order, at most <paramref name="count"/>, below <see cref="Latest"/>.</summary>
    IAsyncEnumerable<StoredEntry> ReadAsync(long first, long count, CancellationToken cancellationToken);

    /// <summary>As <see cref="ReadAsync"/>, but only the entries without a search key, which are the open ones. The cost is theirs, whatever the log's size.</summary>
    IAsyncEnumerable<StoredEntry> ReadUnkeyedAsync(long first, long count, CancellationToken cancellationToken);

    /// <summary>Indexes below <see cref="Published"/> of the entries with this key, ascending.</summary>
    ValueTask<IReadOnlyList<long>> FindAsync(ReadOnlyMemory<byte> key, CancellationToken cancellationToken);

    /// <summary>Whether the policy has releases wait for <see cref="WitnessedAsync"/>.</summary>
    bool MustBeWitnessed { get; }

    /// <summary>Completes when the policy's quorum has cosigned a checkpoint that covers a committed entry.</summary>
    /// <returns>The result, with the proof at that checkpoint.</returns>
    /// <exception cref="LogUnavailableException">The quorum did not come together in time, or the log has stopped.</exception>
    ValueTask<AppendResult> WitnessedAsync(AppendResult appended, CancellationToken cancellationToken);

    /// <summary>
    /// The tlog-proof of any published entry, at the newest checkpoint under a quorum that covers it, and otherwise at
    /// <see cref="Published"/>; null when the index is not below that.
    /// </summary>
    ValueTask<TlogProof?> ProveAsync(long index, CancellationToken cancellationToken);

    /// <summary>The tlog-proofs of published entries, in this order and all at one <see cref="Published"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An index is not below it.</exception>
    IAsyncEnumerable<TlogProof> ProveAsync(IReadOnlyList<long> indexes, CancellationToken cancellationToken);

    /// <summary>The COSE receipt (RFC 9942) of any published entry, at the checkpoint that <see cref="ProveAsync(long, CancellationToken)"/> proves it at; null when the index is not below it, and while the log holds one entry, of which there is none.</summary>
    ValueTask<CoseReceipt?> ProveInCoseAsync(long index, CancellationToken cancellationToken);
}
