using System.Threading.Channels;
using DataExchange.Policy.Subjects;
using DataExchange.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace DataExchange.Storage.Subjects;

/// <summary>The vault's rows in <c>vault.db</c>. Inserts that arrive together share one commit.</summary>
internal sealed class SqliteSubjectStore : ISubjectStore, IAsyncDisposable
{
    private const int MaxGroup = 1024;
    private const int MaxWaiting = 16_384;

    private readonly SqliteFile _file;
    private readonly Channel<Insert> _inserts = Channel.CreateBounded<Insert>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });
    private readonly Task _loop;

    /// <summary>Held by whoever writes; guards the session.</summary>
    private readonly Lock _writing = new();
    private SqliteSession? _session;

    /// <summary>Whether all that can be read is on the disk for certain: moved into the database once, and committed without a fault since. Under the lock.</summary>
    private bool _isDurable;
    private bool _isClosed; // Under the lock.

    public SqliteSubjectStore(SqliteDataFolder folder)
    {
        _file = folder.Vault.File;
        _loop = Task.Run(RunAsync);
    }

    public ValueTask<VaultHeader?> FindHeaderAsync(CancellationToken cancellationToken) => new(_file.Read(VaultTables.Header));

    public async ValueTask<VaultHeader> GetOrAddHeaderAsync(VaultHeader header, CancellationToken cancellationToken)
    {
        await WriteAsync(session => VaultTables.AddHeader(session, header), cancellationToken);
        return _file.Read(VaultTables.Header) ?? throw new StorageException("The vault's header was just added and is not there.");
    }

    // A reader sees committed rows only. Those of this process are durable; VaultFile has made those of the one before it so.
    public ValueTask<StoredSubject?> FindAsync(ReadOnlyMemory<byte> lookup, CancellationToken cancellationToken) =>
        new(_file.Read(session => VaultTables.Find(session, lookup.Span)));

    public ValueTask<StoredSubject?> FindByHandleAsync(ReadOnlyMemory<byte> handle, CancellationToken cancellationToken) =>
        new(_file.Read(session => VaultTables.FindByHandle(session, handle.Span)));

    public ValueTask<IReadOnlyList<StoredSubject>> ReadAsync(ReadOnlyMemory<byte> afterLookup, int count, CancellationToken cancellationToken) =>
        new(_file.Read(session => VaultTables.After(session, afterLookup.Span, count)));

    public async ValueTask<StoredSubject?> GetOrAddAsync(StoredSubject subject, string keyId, CancellationToken cancellationToken)
    {
        var insert = new Insert(subject, keyId);
        await _inserts.Writer.WriteAsync(insert, cancellationToken);
        return await insert.Stored.Task.WaitAsync(cancellationToken);
    }

    public ValueTask AddErasureAsync(OrderedErasure erasure, CancellationToken cancellationToken) =>
        WriteAsync(session => VaultTables.AddErasure(session, erasure), cancellationToken);

    public ValueTask<IReadOnlyList<OrderedErasure>> ErasuresAsync(CancellationToken cancellationToken) => new(_file.Read(VaultTables.Erasures));

    public async ValueTask MakeDurableAsync(CancellationToken cancellationToken) => await Task.Run(() => Write(MakeDurable), cancellationToken);

    public async ValueTask RotateAsync(
        VaultHeader next, Func<StoredSubject, StoredSubject> rewrap, IReadOnlyCollection<string> erasures, CancellationToken cancellationToken) =>
        await Task.Run(
            () => Write(session =>
            {
                session.Write(open => VaultTables.Rotate(open, next, rewrap, erasures));

                // Room, not secrecy: what the write-ahead log still holds is under the key before, or under this one. A reader that stands in the way is left there.
                session.Run("PRAGMA wal_checkpoint(TRUNCATE)");
            }),
            cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _inserts.Writer.TryComplete();
        await _loop;

        // A rotation under way is waited for; whoever comes after it is refused.
        lock (_writing)
        {
            _isClosed = true;
            _session?.Dispose();
            _session = null;
        }
    }

    private async Task RunAsync()
    {
        var group = new List<Insert>();
        while (await _inserts.Reader.WaitToReadAsync())
        {
            while (group.Count < MaxGroup && _inserts.Reader.TryRead(out var insert))
            {
                group.Add(insert);
            }

            try
            {
                Commit(group);
            }
            catch (Exception exception)
            {
                // The callers learn why; whether the rows are there, the next call finds out on a new connection.
                group.ForEach(insert => insert.Stored.TrySetException(exception as StorageException ?? Unwritten(exception)));
            }

            group.Clear();
        }
    }

    private void Commit(List<Insert> group)
    {
        var stored = new StoredSubject?[group.Count];
        Write(session => session.Write(open =>
        {
            for (var i = 0; i < stored.Length; i++)
            {
                stored[i] = VaultTables.GetOrAdd(open, group[i].Subject, group[i].KeyId);
            }
        }));

        for (var i = 0; i < stored.Length; i++)
        {
            group[i].Stored.TrySetResult(stored[i]);
        }
    }

    /// <summary>In a transaction, off the caller's thread: a rotation takes seconds. Once begun it is not cancelled.</summary>
    private ValueTask WriteAsync(Action<SqliteSession> work, CancellationToken cancellationToken) =>
        new(Task.Run(() => Write(session => session.Write(work)), cancellationToken));

    // After a failed fsync the operating system may hold pages that are not on the disk and never will be, and the write-ahead log a
    // commit that nobody was told of and a recovery would bring back. Writing anew over its end, and then moving all of it into the
    // database, which is synced, leaves one truth.
    private void MakeDurable(SqliteSession session)
    {
        if (_isDurable)
        {
            return;
        }

        session.Write(VaultTables.Touch);
        using (var checkpoint = session.Use("PRAGMA wal_checkpoint(TRUNCATE)"))
        {
            if (!checkpoint.Step() || checkpoint.Long(0) != 0)
            {
                throw new StorageException($"The write-ahead log of '{_file.Path}' is held by a reader, a backup for instance, and could not be moved into it yet.");
            }
        }

        _isDurable = true;
    }

    private void Write(Action<SqliteSession> work)
    {
        lock (_writing)
        {
            if (_isClosed)
            {
                throw new StorageException($"'{_file.Path}' has been closed.");
            }

            try
            {
                work(_session ??= _file.OpenSession());
            }
            catch (Exception exception)
            {
                _session?.Dispose();
                (_session, _isDurable) = (null, false);
                if (exception is SqliteException)
                {
                    throw Unwritten(exception);
                }

                throw;
            }
        }
    }

    private StorageException Unwritten(Exception exception) => new($"'{_file.Path}' cannot be written: {exception.Message}", exception);

    private sealed record Insert(StoredSubject Subject, string KeyId)
    {
        public TaskCompletionSource<StoredSubject?> Stored { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
