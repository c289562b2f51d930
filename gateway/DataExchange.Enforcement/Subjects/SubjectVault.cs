using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using DataExchange.Contracts.Records;
using DataExchange.Enforcement.Subjects.Keys;
using DataExchange.Policy.Model;
using DataExchange.Policy.Subjects;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DataExchange.Enforcement.Subjects;

/// <summary>
/// Knows who is who: from a subject id to the subject's handle, token and key, the same ones until the subject is erased. Ids are
/// stored nowhere; a row is found by a keyed hash of the id. Without the master key a copy of the rows tells nothing, not even how to
/// recognise a person.
/// </summary>
public sealed partial class SubjectVault(ISubjectStore store, IMasterKey masterKey, IOptions<SubjectVaultOptions> options, ILogger<SubjectVault> logger) : IDisposable
{
    /// <summary>Held while the vault is opened or its master key changed: opening destroys a key that is not in use, and a key that is about to be used is not yet.</summary>
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Rows that are checked at a time: a short read.</summary>
    private const int CheckedRows = 1024;

    private volatile VaultSession? _session;

    /// <summary>The subject with this id; made, durably, when it is asked for the first time.</summary>
    /// <exception cref="ArgumentException">The id is not one, see <see cref="CanonicalSubjectId"/>.</exception>
    /// <exception cref="SubjectVaultException">The vault cannot say.</exception>
    public ValueTask<Subject> ResolveAsync(SubjectRef subject, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(subject);
        return _session is { } session && session.Cache.TryGet(subject, out var known) ? new(known) : new(GetOrAddAsync(subject, cancellationToken));
    }

    /// <summary>The subject with this id; null when nobody has asked about it yet, or it was erased. Makes nothing.</summary>
    /// <exception cref="ArgumentException">The id is not one, see <see cref="CanonicalSubjectId"/>.</exception>
    /// <exception cref="SubjectVaultException">The vault cannot say.</exception>
    public ValueTask<Subject?> FindAsync(SubjectRef subject, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(subject);
        return _session is { } session && session.Cache.TryGet(subject, out var known)
            ? new(known)
            : AskAsync(opened => FindAsync(subject, CanonicalSubjectId.Encode(subject), opened, cancellationToken), cancellationToken);
    }

    /// <summary>The subject with this handle; null when there is none.</summary>
    /// <exception cref="SubjectVaultException">The vault cannot say.</exception>
    public ValueTask<Subject?> FindAsync(SubjectHandle handle, CancellationToken cancellationToken) => !SubjectHandles.TryParse(handle, out var bytes)
        ? new((Subject?)null)
        : AskAsync(
            async session => await GuardAsync(() => store.FindByHandleAsync(bytes, cancellationToken)) is { } row ? SubjectRows.Open(row, session.Keys) : null,
            cancellationToken);

    /// <summary>With it a subject verifies that its token is its own: 33 bytes, a compressed point of P-256. It stays for the vault's life.</summary>
    /// <exception cref="SubjectVaultException">The vault does not open.</exception>
    public async ValueTask<byte[]> VrfPublicKeyAsync(CancellationToken cancellationToken) =>
        (await SessionAsync(cancellationToken)).Keys.Vrf.PublicKey.Encode();

    /// <summary>Opens the vault before it is first needed, so that a wrong key stops the start and not the first exchange.</summary>
    /// <exception cref="SubjectVaultException">The vault does not open.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken) => await SessionAsync(cancellationToken);

    /// <summary>Remembers that an erasure was ordered; <see cref="DestroyAsync"/> carries it out.</summary>
    /// <exception cref="SubjectVaultException">It may or may not be remembered.</exception>
    internal async Task RememberAsync(OrderedErasure erasure, CancellationToken cancellationToken) => await GuardAsync(async () =>
    {
        await store.AddErasureAsync(erasure, cancellationToken);
        return erasure;
    });

    /// <summary>The erasures that were ordered and not carried out.</summary>
    /// <exception cref="SubjectVaultException">The vault cannot say.</exception>
    internal ValueTask<IReadOnlyList<OrderedErasure>> OrderedAsync(CancellationToken cancellationToken) => GuardAsync(() => store.ErasuresAsync(cancellationToken));

    /// <summary>Everybody whom the vault knows, in no order that says anything.</summary>
    /// <exception cref="SubjectVaultException">A row does not open, or the vault does not answer.</exception>
    internal async IAsyncEnumerable<Subject> AllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var keys = (await SessionAsync(cancellationToken)).Keys;
        IReadOnlyList<StoredSubject> rows = [];
        do
        {
            var last = rows is [.., var previous] ? previous.Lookup : default;
            rows = await GuardAsync(() => store.ReadAsync(last, CheckedRows, cancellationToken));
            foreach (var row in rows)
            {
                yield return SubjectRows.Open(row, keys);
            }
        }
        while (rows.Count == CheckedRows);
    }

    /// <summary>
    /// Opens every row but those of people who are to be erased. One that does not open keeps the master key from changing, and with it
    /// every erasure from being carried out: better known before anything is ordered.
    /// </summary>
    /// <exception cref="SubjectVaultException">A row does not open, the message names its handle; or the vault does not answer.</exception>
    internal async Task CheckAsync(IReadOnlySet<SubjectHandle> except, CancellationToken cancellationToken)
    {
        var keys = (await SessionAsync(cancellationToken)).Keys;
        for (ReadOnlyMemory<byte> last = default; ;)
        {
            var rows = await GuardAsync(() => store.ReadAsync(last, CheckedRows, cancellationToken));
            foreach (var row in rows)
            {
                if (!except.Contains(new SubjectHandle(Convert.ToHexStringLower(row.Handle.Span))))
                {
                    SubjectRows.Check(row, keys);
                }
            }

            if (rows.Count < CheckedRows)
            {
                return;
            }

            last = rows[^1].Lookup;
        }
    }

    /// <summary>Every subject, once each, in no order that means anything. Not remembered, so that whoever is at hand stays so.</summary>
    /// <exception cref="SubjectVaultException">The vault does not answer, a row does not open, or the master key changed meanwhile: rows have moved, and some may have been passed over.</exception>
    internal async IAsyncEnumerable<Subject> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var session = await SessionAsync(cancellationToken);
        for (ReadOnlyMemory<byte> last = default; ;)
        {
            var rows = await GuardAsync(() => store.ReadAsync(last, CheckedRows, cancellationToken));
            if (_session != session)
            {
                throw new SubjectVaultException("The vault's master key changed while its rows were read. They have to be read anew.");
            }

            foreach (var row in rows)
            {
                yield return SubjectRows.Open(row, session.Keys);
            }

            if (rows.Count < CheckedRows)
            {
                yield break;
            }

            last = rows[^1].Lookup;
        }
    }

    /// <summary>
    /// Destroys the rows of these erasures, here and in every copy: all others go under a new master key, and the old one, which the
    /// copies are under, is destroyed. A crash before the commit leaves everything as it was, and a new key that the next opening
    /// removes; a crash after it leaves the old key, which the next opening destroys.
    /// </summary>
    /// <exception cref="SubjectVaultException">It may or may not have been done: ask <see cref="OrderedAsync"/>.</exception>
    internal async Task DestroyAsync(IReadOnlyCollection<string> erasures)
    {
        // Nobody's token: once begun it is seen through.
        await _turn.WaitAsync();
        try
        {
            var keys = (_session ?? await OpenSessionAsync(CancellationToken.None)).Keys;

            // Asked for now, while a store that cannot say so costs this attempt and nothing else: with two keys beside each other
            // the vault would stay shut until it can.
            await GuardAsync(async () =>
            {
                await store.MakeDurableAsync(CancellationToken.None);
                return keys;
            });
            try
            {
                var next = keys.Under(await masterKey.CreateNextAsync(CancellationToken.None));
                await GuardAsync(async () =>
                {
                    await store.RotateAsync(next.Header(), row => SubjectRows.Rewrap(row, keys, next), erasures, CancellationToken.None);
                    return next;
                });
            }
            finally
            {
                _session = null; // Whatever came of it, the header knows, and the next opening asks it.
            }

            _session = await OpenSessionAsync(CancellationToken.None);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Lets whoever has the turn finish.</summary>
    public void Dispose()
    {
        _turn.Wait();
        _turn.Dispose();
    }

    private async Task<Subject> GetOrAddAsync(SubjectRef id, CancellationToken cancellationToken)
    {
        var idBytes = CanonicalSubjectId.Encode(id);
        return await AskAsync(
            async session => await FindAsync(id, idBytes, session, cancellationToken)
                // The row that is stored, not the one just made: whoever raced us here has the same. None, when the master key changed since.
                ?? (await GuardAsync(() => store.GetOrAddAsync(SubjectRows.Make(idBytes, session.Keys), session.Keys.Id, cancellationToken)) is { } row
                    ? session.Remember(id, row)
                    : null),
            cancellationToken) ?? throw new SubjectVaultException("The subject vault did not keep a subject that it was given.");
    }

    private async ValueTask<Subject?> FindAsync(SubjectRef id, byte[] idBytes, VaultSession session, CancellationToken cancellationToken) =>
        await GuardAsync(() => store.FindAsync(SubjectRows.Lookup(idBytes, session.Keys), cancellationToken)) is { } row ? session.Remember(id, row) : null;

    /// <summary>Asks again when the master key changed in between: what was not found, or did not open, may be there under the new one.</summary>
    private async ValueTask<Subject?> AskAsync(Func<VaultSession, ValueTask<Subject?>> ask, CancellationToken cancellationToken)
    {
        while (true)
        {
            var session = await SessionAsync(cancellationToken);
            ExceptionDispatchInfo? fault = null;
            try
            {
                if (await ask(session) is { } found)
                {
                    return found;
                }
            }
            catch (SubjectVaultException exception)
            {
                fault = ExceptionDispatchInfo.Capture(exception);
            }

            var header = await GuardAsync(() => store.FindHeaderAsync(cancellationToken));
            if (header?.KeyId == session.Keys.Id)
            {
                fault?.Throw();
                return null;
            }

            await ForgetAsync(session, cancellationToken);
        }
    }

    /// <summary>Waits for a change of the key to end; its session takes this one's place.</summary>
    private async ValueTask ForgetAsync(VaultSession session, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        if (_session == session)
        {
            _session = null;
        }

        _turn.Release();
    }

    private async ValueTask<VaultSession> SessionAsync(CancellationToken cancellationToken)
    {
        if (_session is { } session)
        {
            return session;
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            return _session ??= await OpenSessionAsync(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async ValueTask<VaultSession> OpenSessionAsync(CancellationToken cancellationToken) => new(
        await GuardAsync(async () => await VaultOpening.OpenAsync(masterKey, store, logger, cancellationToken)), options.Value.CachedSubjects);

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
