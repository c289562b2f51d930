using DataExchange.Storage.Sqlite;
using DataExchange.TransparencyLog.Stores;

namespace DataExchange.Storage.Logs;

/// <summary>A turn: SQLite's write lock is held from the begin to the dispose.</summary>
internal sealed class SqliteLogTransaction(string name, SqliteLogStore store, SqliteSession session, LogHead head, long pinnedSize) : ILogTransaction
{
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
        LogRows.Insert(session, name, batch);
        LogRows.MoveHead(session, name, head, next);
        for (var i = 0; i < changes.Count; i++)
        {
            Apply(changes[i]);
        }

        // An error here does not say whether the write-ahead log holds the commit.
        session.Run("COMMIT");
        _failed = false;
        _bytes = LogRows.Bytes(batch);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        store.End(session, _failed, _bytes, _removed && !_failed);
        return ValueTask.CompletedTask;
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
