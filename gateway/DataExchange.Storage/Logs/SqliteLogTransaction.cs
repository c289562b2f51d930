using DataExchange.Storage.Sqlite;
using DataExchange.TransparencyLog.Stores;

namespace DataExchange.Storage.Logs;

/// <summary>A turn: SQLite's write lock is held from the begin to the dispose.</summary>
internal sealed class SqliteLogTransaction(string name, SqliteLogStore store, SqliteSession session, LogHead head, long pinnedSize) : ILogTransaction
{
    private const string StoreHead =
        "INSERT INTO log_head (log, size, root, range, time) VALUES (?1, ?2, ?3, ?4, ?5) " +
        "ON CONFLICT (log) DO UPDATE SET size = ?2, root = ?3, range = ?4, time = ?5 WHERE size = ?6 AND root = ?7";

    private const string SetState =
        "INSERT INTO register_state (register, id, value, log_index) VALUES (?1, ?2, ?3, ?4) " +
        "ON CONFLICT (register, id) DO UPDATE SET value = ?3, log_index = ?4";

    private bool _failed;
    private bool _removed;
    private long _bytes;

    public LogHead Head => head;

    public long PinnedSize => pinnedSize;

    public ValueTask CommitAsync(LogBatch batch, LogHead next, IReadOnlyList<IndexedChange> changes, CancellationToken cancellationToken)
    {
        _failed = true;
        Insert(batch);
        MoveHead(next);
        for (var i = 0; i < changes.Count; i++)
        {
            Apply(changes[i]);
        }

        // An error here does not say whether the write-ahead log holds the commit.
        session.Run("COMMIT");
        _failed = false;
        _bytes = batch.Leaves.Length + batch.Sealed.Length + batch.Keys.Length + 8192;
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        store.End(session, _failed, _bytes, _removed && !_failed);
        return ValueTask.CompletedTask;
    }

    private void Insert(LogBatch batch)
    {
        using var insert = session.Use(
            $"INSERT INTO {name}_batch (first_index, count, id, time, root, keys, leaves, sealed) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
        insert.Bind(1, batch.FirstIndex).Bind(2, batch.Count).Bind(3, batch.Id.ToBytes()).Bind(4, batch.Time).Bind(5, batch.Root.Bytes)
            .Bind(6, batch.Keys.Span).Bind(7, batch.Leaves.Span).Bind(8, batch.Sealed.Span).Run();
    }

    private void MoveHead(LogHead next)
    {
        using var move = session.Use(StoreHead);
        var moved = move.Bind(1, name).Bind(2, next.Size).Bind(3, next.Range.Root().Bytes).Bind(4, next.Range.ToBytes()).Bind(5, next.Time)
            .Bind(6, head.Size).Bind(7, head.Range.Root().Bytes).Run();
        if (moved != 1)
        {
            throw new StorageException($"The head of the log {name} has moved under the write lock.");
        }
    }

    private void Apply(IndexedChange change)
    {
        var (index, (register, id, value)) = change;
        if (value is { } bytes)
        {
            using var set = session.Use(SetState);
            set.Bind(1, register).Bind(2, id).Bind(3, bytes.Span).Bind(4, index).Run();
        }
        else
        {
            using var remove = session.Use("DELETE FROM register_state WHERE register = ?1 AND id = ?2");
            remove.Bind(1, register).Bind(2, id).Run();
            _removed = true;
        }
    }
}
