using DataExchange.Storage.Sqlite;
using DataExchange.TransparencyLog.Stores;

namespace DataExchange.Storage.Logs;

/// <summary>How a log's batch and head are written.</summary>
internal static class LogRows
{
    private const int Overhead = 8192; // Pages that a commit dirties beside the batch's own.

    private const string StoreHead =
        "INSERT INTO log_head (log, size, root, range, time) VALUES (?1, ?2, ?3, ?4, ?5) " +
        "ON CONFLICT (log) DO UPDATE SET size = ?2, root = ?3, range = ?4, time = ?5 WHERE size = ?6 AND root = ?7";

    public static void Insert(SqliteSession session, string log, LogBatch batch)
    {
        using var insert = session.Use(
            $"INSERT INTO {log}_batch (first_index, count, id, time, root, keys, leaves, sealed) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
        insert.Bind(1, batch.FirstIndex).Bind(2, batch.Count).Bind(3, batch.Id.ToBytes()).Bind(4, batch.Time).Bind(5, batch.Root.Bytes)
            .Bind(6, batch.Keys.Span).Bind(7, batch.Leaves.Span).Bind(8, batch.Sealed.Span).Run();
    }

    /// <exception cref="StorageException">The head is not the one it is moved from.</exception>
    public static void MoveHead(SqliteSession session, string log, LogHead from, LogHead to)
    {
        using var move = session.Use(StoreHead);
        var moved = move.Bind(1, log).Bind(2, to.Size).Bind(3, to.Range.Root().Bytes).Bind(4, to.Range.ToBytes()).Bind(5, to.Time)
            .Bind(6, from.Size).Bind(7, from.Range.Root().Bytes).Run();
        if (moved != 1)
        {
            throw new StorageException($"The head of the log {log} has moved under the write lock.");
        }
    }

    /// <summary>About what a commit of the batch adds to the write-ahead log.</summary>
    public static long Bytes(LogBatch batch) => batch.Leaves.Length + batch.Sealed.Length + batch.Keys.Length + Overhead;
}
