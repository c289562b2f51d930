using DataExchange.Contracts.Records;
using DataExchange.Enforcement.Subjects.Keys;
using DataExchange.Policy.Model;
using DataExchange.Policy.Subjects;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DataExchange.Enforcement.Subjects;

/// <summary>
/// Knows who is who: from a subject id to the subject's token and key, for ever the same ones. Ids are stored nowhere; a row is
/// found by a keyed hash of the id. Without the master key a copy of the rows tells nothing, not even how to recognise a person.
/// </summary>
public sealed partial class SubjectVault(ISubjectStore store, IMasterKey masterKey, IOptions<SubjectVaultOptions> options, ILogger<SubjectVault> logger)
{
    private readonly SubjectCache _cache = new(options.Value.CachedSubjects);
    private volatile VaultKeys? _keys;

    /// <summary>The subject with this id; made, durably, when it is asked for the first time.</summary>
    /// <exception cref="ArgumentException">The id is not one, see <see cref="CanonicalSubjectId"/>.</exception>
    /// <exception cref="SubjectVaultException">The vault cannot say.</exception>
    public ValueTask<Subject> ResolveAsync(SubjectRef subject, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(subject);
        return _cache.TryGet(subject, out var known) ? new(known) : new(GetOrAddAsync(subject, cancellationToken));
    }

    /// <summary>The subject with this id; null when nobody has asked about it yet. Makes nothing.</summary>
    /// <exception cref="ArgumentException">The id is not one, see <see cref="CanonicalSubjectId"/>.</exception>
    /// <exception cref="SubjectVaultException">The vault cannot say.</exception>
    public async ValueTask<Subject?> FindAsync(SubjectRef subject, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(subject);
        if (_cache.TryGet(subject, out var known))
        {
            return known;
        }

        var keys = await KeysAsync(cancellationToken);
        return await FindAsync(subject, keys, keys.Lookup(CanonicalSubjectId.Encode(subject)), cancellationToken);
    }

    /// <summary>The subject with this token; null when there is none.</summary>
    /// <exception cref="SubjectVaultException">The vault cannot say.</exception>
    public async ValueTask<Subject?> FindAsync(SubjectToken token, CancellationToken cancellationToken)
    {
        if (!SubjectTokens.TryParse(token, out var bytes))
        {
            return null;
        }

        var keys = await KeysAsync(cancellationToken);
        var row = await GuardAsync(() => store.FindByTokenAsync(bytes, cancellationToken));
        return row is null ? null : SubjectRows.Open(row, keys);
    }

    /// <summary>With it a subject verifies that its token is its own: 33 bytes, a compressed point of P-256.</summary>
    /// <exception cref="SubjectVaultException">The vault does not open.</exception>
    public async ValueTask<byte[]> VrfPublicKeyAsync(CancellationToken cancellationToken) =>
        (await KeysAsync(cancellationToken)).Vrf.PublicKey.Encode();

    /// <summary>Opens the vault before it is first needed, so that a wrong key stops the start and not the first exchange.</summary>
    /// <exception cref="SubjectVaultException">The vault does not open.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken) => await KeysAsync(cancellationToken);

    private async Task<Subject> GetOrAddAsync(SubjectRef id, CancellationToken cancellationToken)
    {
        var idBytes = CanonicalSubjectId.Encode(id);
        var keys = await KeysAsync(cancellationToken);
        var lookup = keys.Lookup(idBytes);
        return await FindAsync(id, keys, lookup, cancellationToken)
            // The row that is stored, not the one just made: whoever raced us here has the same.
            ?? Remember(id, await GuardAsync(() => store.GetOrAddAsync(SubjectRows.Make(lookup, idBytes, keys), cancellationToken)), keys);
    }

    private async ValueTask<Subject?> FindAsync(SubjectRef id, VaultKeys keys, byte[] lookup, CancellationToken cancellationToken) =>
        await GuardAsync(() => store.FindAsync(lookup, cancellationToken)) is { } row ? Remember(id, row, keys) : null;

    private Subject Remember(SubjectRef id, StoredSubject row, VaultKeys keys)
    {
        var subject = SubjectRows.Open(row, keys);
        _cache.Add(id, subject);
        return subject;
    }

    private async ValueTask<VaultKeys> KeysAsync(CancellationToken cancellationToken) =>
        _keys ??= await GuardAsync(async () => await VaultOpening.OpenAsync(masterKey, store, logger, cancellationToken));

    /// <summary>Whatever a store throws, callers see one exception; what a caller cancelled stays cancelled.</summary>
    private async ValueTask<T> GuardAsync<T>(Func<ValueTask<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or SubjectVaultException))
        {
            Log.NoAnswer(logger, exception);
            throw new SubjectVaultException("The subject vault's store does not answer.", exception);
        }
    }

    private static partial class Log
    {
        // A store's message names its file and the fault: rows are looked up by keyed hashes, so not even those would name a person.
        [LoggerMessage(3202, LogLevel.Error, "The subject vault's store does not answer. Exchanges about people it does not know by heart are refused.")]
        public static partial void NoAnswer(ILogger logger, Exception exception);
    }
}
