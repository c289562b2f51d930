namespace DataExchange.Policy.Subjects;

/// <summary>What the vault keeps of a subject.</summary>
/// <param name="Lookup">HMAC-SHA256 of the subject id under the vault's look-up key, 32 bytes: the row's primary key. The id itself is not stored.</param>
/// <param name="Token">The subject token, 32 bytes.</param>
/// <param name="Proof">The VRF proof that the token belongs to the subject id.</param>
/// <param name="WrappedKey">The per-subject key, AES-256-GCM under the vault's master key.</param>
public sealed record StoredSubject(ReadOnlyMemory<byte> Lookup, ReadOnlyMemory<byte> Token, ReadOnlyMemory<byte> Proof, ReadOnlyMemory<byte> WrappedKey);

/// <summary>
/// Where the vault keeps its rows. Guarantees: <see cref="GetOrAddAsync"/> returns only what is durable, and for one look-up
/// value always the same row, however many callers race; rows are never changed.
/// </summary>
public interface ISubjectStore
{
    ValueTask<StoredSubject?> FindAsync(ReadOnlyMemory<byte> lookup, CancellationToken cancellationToken);

    ValueTask<StoredSubject?> FindByTokenAsync(ReadOnlyMemory<byte> token, CancellationToken cancellationToken);

    /// <summary>Adds the row unless one with this look-up value is there; returns the one that is there now.</summary>
    ValueTask<StoredSubject> GetOrAddAsync(StoredSubject subject, CancellationToken cancellationToken);
}
