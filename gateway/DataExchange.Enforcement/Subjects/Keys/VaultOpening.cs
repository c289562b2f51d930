using System.Security.Cryptography;
using DataExchange.Policy.Subjects;
using Microsoft.Extensions.Logging;

namespace DataExchange.Enforcement.Subjects.Keys;

/// <summary>
/// Brings the master key and the rows together. The first row of a vault says which master key it was made with, so that
/// another key, or a new one made because the file was lost, is noticed before it gives people second tokens.
/// </summary>
internal static partial class VaultOpening
{
    /// <summary>No HMAC comes out as this.</summary>
    private static readonly byte[] CheckLookup = new byte[32];

    /// <summary>Stands in the columns that this row has no use for.</summary>
    private static readonly byte[] Nothing = [0];

    /// <summary>Safe to run again, and by several processes at once.</summary>
    /// <exception cref="SubjectVaultException">The key is missing, not usable, or another vault's.</exception>
    public static async Task<VaultKeys> OpenAsync(IMasterKey masterKey, ISubjectStore store, ILogger logger, CancellationToken cancellationToken)
    {
        // In this order: a row that is there now was written after its key, so a key that is missing then is lost, not yet to come.
        var check = await store.FindAsync(CheckLookup, cancellationToken);
        var secret = await masterKey.ReadAsync(cancellationToken);
        if (secret is null)
        {
            if (check is not null)
            {
                throw new SubjectVaultException("The vault holds subjects and its master key is missing. Restore the key from its backup; a new one would open nothing.");
            }

            secret = await masterKey.CreateAsync(cancellationToken);
            Log.MasterKeyMade(logger);
        }

        var keys = VaultKeys.Derive(secret);
        CryptographicOperations.ZeroMemory(secret);

        // A crash before this row leaves a key without a vault: the next start uses that key.
        check ??= await store.GetOrAddAsync(new StoredSubject(CheckLookup, keys.Check, Nothing, Nothing), cancellationToken);
        return CryptographicOperations.FixedTimeEquals(check.Token.Span, keys.Check)
            ? keys
            : throw new SubjectVaultException("The master key is not the one this vault was made with. Restore the right one from its backup.");
    }

    private static partial class Log
    {
        [LoggerMessage(3201, LogLevel.Warning, "The subject vault has made a new master key. Back it up now: without it no sealed record can ever be read again.")]
        public static partial void MasterKeyMade(ILogger logger);
    }
}
