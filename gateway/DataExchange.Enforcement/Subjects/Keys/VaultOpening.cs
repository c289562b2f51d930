using System.Security.Cryptography;
using DataExchange.Policy.Subjects;
using Microsoft.Extensions.Logging;

namespace DataExchange.Enforcement.Subjects.Keys;

/// <summary>
/// Brings the master key and the rows together. The vault's header says which master key it is under, so that another key, or a new
/// one made because the file was lost, is noticed before it gives people second tokens; and of two keys that a crash left beside each
/// other, which one is in use.
/// </summary>
internal static partial class VaultOpening
{
    /// <summary>Safe to run again; not while the master key is being changed.</summary>
    /// <exception cref="SubjectVaultException">The key is missing, not usable, or another vault's.</exception>
    public static async Task<VaultKeys> OpenAsync(IMasterKey masterKey, ISubjectStore store, ILogger logger, CancellationToken cancellationToken)
    {
        if (await masterKey.IsChangingAsync(cancellationToken))
        {
            // The header is about to decide which of two keys is destroyed for good. Read out of a commit that a power cut could still
            // take back, it would name the wrong one, and nothing would ever open the vault again.
            await store.MakeDurableAsync(cancellationToken);
        }

        var header = await store.FindHeaderAsync(cancellationToken) ?? await MakeAsync(masterKey, store, logger, cancellationToken);
        var master = await masterKey.FindAsync(header.KeyId, cancellationToken)
            ?? throw new SubjectVaultException(
                $"The vault is under the master key {header.KeyId}, and no key that is there is that one. Restore it from its backup; a new one would open nothing.");
        try
        {
            var keys = VaultKeys.Open(header, master);
            if (await masterKey.KeepOnlyAsync(master.Id, cancellationToken))
            {
                Log.OtherKeyDestroyed(logger, master.Id);
            }

            return keys;
        }
        catch (CryptographicException exception)
        {
            throw new SubjectVaultException("The header of the subject vault does not open: it was changed, or moved from another vault.", exception);
        }
    }

    /// <summary>A crash before the header leaves a key without a vault: the next start uses that key.</summary>
    private static async Task<VaultHeader> MakeAsync(IMasterKey masterKey, ISubjectStore store, ILogger logger, CancellationToken cancellationToken)
    {
        var master = await masterKey.GetOrCreateAsync(cancellationToken);
        var header = await store.GetOrAddHeaderAsync(VaultKeys.Create(master).Header(), cancellationToken);
        Log.VaultMade(logger, header.KeyId);
        return header;
    }

    private static partial class Log
    {
        [LoggerMessage(3201, LogLevel.Warning, "The subject vault was made, under the new master key {KeyId}. Back it up now: without it no sealed record can ever be read again.")]
        public static partial void VaultMade(ILogger logger, string keyId);

        [LoggerMessage(3203, LogLevel.Warning, "The subject vault is under the master key {KeyId}, and the other one was destroyed. Back up vault and key now: older copies of the vault do not open any more. Destroy every copy of older keys: with one of them and an old copy of the vault, what was erased can be read.")]
        public static partial void OtherKeyDestroyed(ILogger logger, string keyId);
    }
}
