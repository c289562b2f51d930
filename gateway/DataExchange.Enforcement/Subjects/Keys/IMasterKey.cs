namespace DataExchange.Enforcement.Subjects.Keys;

/// <summary>
/// Keeps the master keys that the vault is under, one at a time but for the moment of a change: files in the data folder, or data keys
/// that a key management service or a PKCS #11 token keeps wrapped. What makes an erasure reach every copy of the vault is that
/// <see cref="KeepOnlyAsync"/> destroys the key those copies are under.
/// </summary>
/// <remarks>
/// Guarantees. A key that was returned is durable first, and stays what it is until <see cref="KeepOnlyAsync"/> named another. No call
/// replaces a key by itself. Every call may be made again after a crash. The vault makes the calls that change something one at a time.
/// A service wraps each key under a key of its own and destroys that one: then not even a copy of the wrapped key opens anything.
/// </remarks>
public interface IMasterKey
{
    /// <summary>The key with this id; null when there is none, or it was destroyed.</summary>
    /// <exception cref="SubjectVaultException">There are keys, and they may not be used.</exception>
    ValueTask<MasterKey?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>For a new vault: the key there is, or else a random one that is made now. Racers get the same one.</summary>
    /// <exception cref="SubjectVaultException">There is a key and it may not be used, a key stands beside another, or none can be kept.</exception>
    ValueTask<MasterKey> GetOrCreateAsync(CancellationToken cancellationToken);

    /// <summary>Makes a random key beside the one in use.</summary>
    /// <exception cref="SubjectVaultException">One is there that <see cref="KeepOnlyAsync"/> has not decided about, or none can be kept.</exception>
    ValueTask<MasterKey> CreateNextAsync(CancellationToken cancellationToken);

    /// <summary>Whether a key stands beside another, so that <see cref="KeepOnlyAsync"/> may have one to destroy.</summary>
    ValueTask<bool> IsChangingAsync(CancellationToken cancellationToken);

    /// <summary>Destroys every key but this one; it is the one in use from here on.</summary>
    /// <returns>Whether there was another.</returns>
    /// <exception cref="SubjectVaultException">There is no such key, and nothing was destroyed; or not all that should be could be.</exception>
    ValueTask<bool> KeepOnlyAsync(string id, CancellationToken cancellationToken);
}
