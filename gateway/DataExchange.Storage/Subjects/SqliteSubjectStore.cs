using System.Threading.Channels;
using DataExchange.Policy.Subjects;
using DataExchange.Storage.Sqlite;

namespace DataExchange.Storage.Subjects;

/// <summary>The vault's rows in <c>vault.db</c>. Inserts that arrive together share one commit.</summary>
internal sealed class SqliteSubjectStore : ISubjectStore, IAsyncDisposable
{
    private const int MaxGroup = 1024;
    private const int MaxWaiting = 16_384;
    private const string Columns = "SELECT lookup, token, proof, wrapped_key FROM subject";

    private readonly SqliteFile _file;
    private readonly Channel<Insert> _inserts = Channel.CreateBounded<Insert>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });
    private readonly Task _loop;
    private SqliteSession? _session;

    public SqliteSubjectStore(SqliteDataFolder folder)
    {
        _file = folder.Vault.File;
        _loop = Task.Run(RunAsync);
    }

    public ValueTask<StoredSubject?> FindAsync(ReadOnlyMemory<byte> lookup, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_file.Read(session => Find(session, $"{Columns} WHERE lookup = ?1", lookup)));

    public ValueTask<StoredSubject?> FindByTokenAsync(ReadOnlyMemory<byte> token, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_file.Read(session => Find(session, $"{Columns} WHERE token = ?1", token)));

    public async ValueTask<StoredSubject> GetOrAddAsync(StoredSubject subject, CancellationToken cancellationToken)
    {
        if (await FindAsync(subject.Lookup, cancellationToken) is { } known)
        {
            return known; // A reader sees committed rows only, and every commit here is durable.
        }

        var insert = new Insert(subject);
        await _inserts.Writer.WriteAsync(insert, cancellationToken);
        return await insert.Stored.Task.WaitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _inserts.Writer.TryComplete();
        await _loop;
        _session?.Dispose();
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
                _session?.Dispose();
                _session = null;
                group.ForEach(insert => insert.Stored.TrySetException(new StorageException($"'{_file.Path}' cannot be written: {exception.Message}", exception)));
            }

            group.Clear();
        }
    }

    private void Commit(List<Insert> group)
    {
        var stored = new StoredSubject[group.Count];
        _session ??= _file.OpenSession();
        _session.Write(session =>
        {
            for (var i = 0; i < stored.Length; i++)
            {
                stored[i] = Add(session, group[i].Subject);
            }
        });

        for (var i = 0; i < stored.Length; i++)
        {
            group[i].Stored.TrySetResult(stored[i]);
        }
    }

    private static StoredSubject Add(SqliteSession session, StoredSubject subject)
    {
        using (var insert = session.Use("INSERT INTO subject (lookup, token, proof, wrapped_key) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (lookup) DO NOTHING"))
        {
            insert.Bind(1, subject.Lookup.Span).Bind(2, subject.Token.Span).Bind(3, subject.Proof.Span).Bind(4, subject.WrappedKey.Span).Run();
        }

        return Find(session, $"{Columns} WHERE lookup = ?1", subject.Lookup) ?? throw new StorageException("A subject that was just added is not there.");
    }

    private static StoredSubject? Find(SqliteSession session, string sql, ReadOnlyMemory<byte> value)
    {
        using var statement = session.Use(sql).Bind(1, value.Span);
        return statement.Step()
            ? new StoredSubject(statement.Blob(0).ToArray(), statement.Blob(1).ToArray(), statement.Blob(2).ToArray(), statement.Blob(3).ToArray())
            : null;
    }

    private sealed record Insert(StoredSubject Subject)
    {
        public TaskCompletionSource<StoredSubject> Stored { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
