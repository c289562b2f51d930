namespace DataExchange.Enforcement.Subjects.Keys;

/// <summary>
/// The 32 secret bytes that everything in the vault hangs on; a file in the data folder, or a data key that a key management
/// service keeps wrapped. Guarantees: what <see cref="ReadAsync"/> once returned it returns for ever, and
/// <see cref="CreateAsync"/> never replaces a key.
/// </summary>
public interface IMasterKey
{
    /// <summary>Length of the key in bytes.</summary>
    const int Size = 32;

    /// <summary>The key; null when none has ever been made.</summary>
    /// <exception cref="SubjectVaultException">There is a key and it may not be used.</exception>
    ValueTask<byte[]?> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Makes a random key unless there is one; returns the one there is, once it is durable.</summary>
    /// <exception cref="SubjectVaultException">There is a key and it may not be used, or none can be kept.</exception>
    ValueTask<byte[]> CreateAsync(CancellationToken cancellationToken);
}
