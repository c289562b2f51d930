namespace DataExchange.Policy.Subjects;

/// <summary>
/// Where the vault keeps its rows. Guarantees: what a call wrote is durable when it returns; for one look-up value there is always one row,
/// however many callers race; a row changes only in <see cref="RotateAsync"/>, which changes all of them or none.
/// </summary>
public interface ISubjectStore
{
    /// <summary>Null while the vault is new.</summary>
    ValueTask<VaultHeader?> FindHeaderAsync(CancellationToken cancellationToken);

    /// <summary>Adds the header unless there is one; returns the one that is there now.</summary>
    ValueTask<VaultHeader> GetOrAddHeaderAsync(VaultHeader header, CancellationToken cancellationToken);

    ValueTask<StoredSubject?> FindAsync(ReadOnlyMemory<byte> lookup, CancellationToken cancellationToken);

    ValueTask<StoredSubject?> FindByHandleAsync(ReadOnlyMemory<byte> handle, CancellationToken cancellationToken);

    /// <summary>Rows in the order of their look-up values, from the first that comes after this one on; at most so many.</summary>
    ValueTask<IReadOnlyList<StoredSubject>> ReadAsync(ReadOnlyMemory<byte> afterLookup, int count, CancellationToken cancellationToken);

    /// <summary>Adds the row unless one with this look-up value is there; returns the one that is there now.</summary>
    /// <param name="subject">The row.</param>
    /// <param name="keyId">The master key it is under.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null, and nothing was added, when the vault is under another key by now.</returns>
    ValueTask<StoredSubject?> GetOrAddAsync(StoredSubject subject, string keyId, CancellationToken cancellationToken);

    /// <summary>Remembers an erasure.</summary>
    ValueTask AddErasureAsync(OrderedErasure erasure, CancellationToken cancellationToken);

    /// <summary>The erasures that are not finished.</summary>
    ValueTask<IReadOnlyList<OrderedErasure>> ErasuresAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Returns when everything that can be read is durable, also what a process that was killed, or whose disk failed, wrote before this
    /// one: a store may show a commit that stands in the operating system's memory alone. Throws when it cannot be told.
    /// </summary>
    ValueTask MakeDurableAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Brings the vault under another master key, and finishes erasures with it. In one transaction: the rows of these erasures and the
    /// erasures themselves are gone, every other row is what <paramref name="rewrap"/> made of it, and the header is
    /// <paramref name="next"/>. Nothing else is written meanwhile. When it throws, the header says which came to pass.
    /// </summary>
    ValueTask RotateAsync(VaultHeader next, Func<StoredSubject, StoredSubject> rewrap, IReadOnlyCollection<string> erasures, CancellationToken cancellationToken);
}
