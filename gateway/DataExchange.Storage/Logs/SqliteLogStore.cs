using DataExchange.Merkle;
using DataExchange.Storage.Sqlite;
using DataExchange.TransparencyLog;
using DataExchange.TransparencyLog.Stores;
using Microsoft.Data.Sqlite;

namespace DataExchange.Storage.Logs;

/// <summary>One log in <c>exchange.db</c>. Everything completes synchronously.</summary>
internal sealed class SqliteLogStore(string name, ExchangeFile exchange) : ILogStore
{
    private const long ReadBytes = 8 << 20;

    private const string KeepKey =
        "INSERT INTO log_key (log, vkey) VALUES (?1, ?2) " +
        "ON CONFLICT (log) DO UPDATE SET vkey = ?2 WHERE NOT EXISTS (SELECT 1 FROM log_head WHERE log = ?1 AND size > 0)";

    private readonly string[] _readSql = [.. Enumerable.Range(0, (int)BatchParts.All + 1).Select(parts => ReadSql(name, (BatchParts)parts))];
    private readonly string _containsSql = $"SELECT 1 FROM {name}_batch WHERE first_index = ?1 AND id = ?2";
    private readonly string _readUnkeyedSql = ReadUnkeyedSql(name);
    private SqliteSession? _session = exchange.File.OpenSession();

    public bool IsPinned => name == LogNames.Governance;

    public ValueTask<LogHead> ReadHeadAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(exchange.File.Read(session => ReadHeads(session).Head));

    public ValueTask<string> KeepKeyAsync(string verifierKey, CancellationToken cancellationToken)
    {
        if (exchange.File.Read(ReadKey) is { } kept && kept == verifierKey)
        {
            return ValueTask.FromResult(kept);
        }

        exchange.Turn.Enter();
        try
        {
            using var session = exchange.File.OpenSession();
            session.Write(open =>
            {
                using var keep = open.Use(KeepKey);
                keep.Bind(1, name).Bind(2, verifierKey).Run();
            });
            return ValueTask.FromResult(ReadKey(session) ?? throw new StorageException($"The key of the log {name} was kept in '{exchange.File.Path}' and is not there."));
        }
        catch (SqliteException exception)
        {
            throw new StorageException(SqliteErrors.Explain(exchange.File.Path, exception), exception);
        }
        finally
        {
            exchange.Turn.Leave();
        }
    }

    public ValueTask<ILogTransaction> BeginAsync(CancellationToken cancellationToken)
    {
        exchange.Turn.Enter();
        var session = _session;
        try
        {
            exchange.Watermark?.ThrowIfLow();
            if (session is null)
            {
                throw new StorageException($"'{exchange.File.Path}' has to be opened again after a failure.");
            }

            session.Run("BEGIN IMMEDIATE");
            var (head, pinned) = ReadHeads(session);
            return ValueTask.FromResult<ILogTransaction>(new SqliteLogTransaction(name, this, session, head, pinned));
        }
        catch
        {
            End(session, failed: true, bytes: 0, removed: false);
            throw;
        }
    }

    public ValueTask<IReadOnlyList<LogBatch>> ReadAsync(long first, long count, BatchParts parts, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<LogBatch>>(exchange.File.Read(session => ReadBatches(session, _readSql[(int)parts], first, count)));

    public ValueTask<IReadOnlyList<LogBatch>> ReadUnkeyedAsync(long first, long count, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<LogBatch>>(exchange.File.Read(session => ReadBatches(session, _readUnkeyedSql, first, count)));

    public ValueTask<bool> ContainsAsync(long firstIndex, BatchId id, CancellationToken cancellationToken)
    {
        using var session = exchange.File.OpenSession();
        using var statement = session.Use(_containsSql).Bind(1, firstIndex).Bind(2, id.ToBytes());
        return ValueTask.FromResult(statement.Step());
    }

    // After a failed fsync the operating system may hold pages that are not on the disk and never will be. Moving the whole write-ahead
    // log into the database writes what is not there yet and syncs the file, so what was read as committed becomes so.
    public ValueTask ReopenAsync(CancellationToken cancellationToken)
    {
        exchange.Watermark?.ThrowIfLow();
        exchange.Turn.Enter();
        try
        {
            Close();
            exchange.File.DropReaders();
            var session = exchange.File.OpenSession();
            _session = session;
            session.Write(open => open.Run("INSERT INTO probe VALUES (1, 1) ON CONFLICT DO UPDATE SET writes = writes + 1"));
            if (exchange.Checkpointer.Copy(session, "TRUNCATE").IsBusy)
            {
                throw new StorageException($"The write-ahead log of '{exchange.File.Path}' is held by a reader and could not be moved into it yet.");
            }
        }
        finally
        {
            exchange.Turn.Leave();
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        Close();
        return ValueTask.CompletedTask;
    }

    /// <summary>Ends a turn. A session that failed is closed, which rolls back; nothing is written through it again.</summary>
    internal void End(SqliteSession? session, bool failed, long bytes, bool removed)
    {
        try
        {
            if (failed)
            {
                Close();
            }
            else if (session is { IsIdle: false })
            {
                session.Run("ROLLBACK");
            }

            exchange.Checkpointer.Wrote(bytes);
            if (removed)
            {
                exchange.Checkpointer.Removed();
            }

            exchange.Watermark?.Wrote(bytes);
        }
        finally
        {
            exchange.Turn.Leave();
        }
    }

    private void Close()
    {
        _session?.Dispose();
        _session = null;
    }

    private string? ReadKey(SqliteSession session)
    {
        using var statement = session.Use("SELECT vkey FROM log_key WHERE log = ?1").Bind(1, name);
        return statement.Step() ? statement.Text(0) : null;
    }

    private (LogHead Head, long Pinned) ReadHeads(SqliteSession session)
    {
        LogHead? head = null;
        long? pinned = null;
        using var statement = session.Use("SELECT log, size, root, range, time FROM log_head");
        while (statement.Step())
        {
            var log = statement.Text(0);
            if (log == name)
            {
                head = ReadHead(statement);
            }

            if (log == LogNames.Governance)
            {
                pinned = statement.Long(1);
            }
        }

        return (head ?? Empty(session, name), pinned ?? Empty(session, LogNames.Governance).Size);
    }

    // Without a head a log is empty; one that has batches has lost its head, and would begin anew over them.
    private LogHead Empty(SqliteSession session, string log)
    {
        using var statement = session.Use($"SELECT 1 FROM {log}_batch LIMIT 1");
        return statement.Step() ? throw new LogCorruptException($"The head of the log {log} is missing from '{exchange.File.Path}', which holds its entries. Restore the file from a backup.") : LogHead.Empty;
    }

    private LogHead ReadHead(SqliteStatement row)
    {
        try
        {
            var range = CompactRange.FromBytes(row.Long(1), row.Blob(3));
            if (range.Root().Bytes.SequenceEqual(row.Blob(2)))
            {
                return new LogHead(range, row.Long(4));
            }
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            throw Damaged(exception);
        }

        throw Damaged(null);
    }

    private LogCorruptException Damaged(Exception? cause) => new($"The head of the log {name} in '{exchange.File.Path}' does not fit together.", cause);

    private List<LogBatch> ReadBatches(SqliteSession session, string sql, long first, long count)
    {
        var batches = new List<LogBatch>();
        var end = count < long.MaxValue - first ? first + count : long.MaxValue;
        using var statement = session.Use(sql).Bind(1, first).Bind(2, end);
        for (var bytes = 0L; bytes < ReadBytes && statement.Step();)
        {
            var batch = ReadBatch(statement);
            bytes += batch.Leaves.Length + batch.Sealed.Length + batch.Keys.Length;
            batches.Add(batch);
        }

        return batches;
    }

    private LogBatch ReadBatch(SqliteStatement row)
    {
        try
        {
            return new LogBatch
            {
                FirstIndex = row.Long(0),
                Count = checked((int)row.Long(1)),
                Id = BatchId.FromBytes(row.Blob(2)),
                Time = row.Long(3),
                Root = new MerkleHash(row.Blob(4)),
                Keys = row.Blob(5).ToArray(),
                Leaves = row.Blob(6).ToArray(),
                Sealed = row.Blob(7).ToArray(),
            };
        }
        catch (Exception exception) when (exception is ArgumentException or OverflowException)
        {
            throw new LogCorruptException($"The batch at {row.Long(0)} of the log {name} in '{exchange.File.Path}' does not fit together.", exception);
        }
    }

    private static string ReadSql(string log, BatchParts parts)
    {
        string Column(BatchParts part, string column) => parts.HasFlag(part) ? column : "x''";
        return $"""
            SELECT first_index, count, id, time, root, {Column(BatchParts.Keys, "keys")}, {Column(BatchParts.Leaves, "leaves")}, {Column(BatchParts.Sealed, "sealed")}
            FROM {log}_batch
            WHERE first_index >= coalesce((SELECT max(first_index) FROM {log}_batch WHERE first_index <= ?1), ?1) AND first_index < ?2 AND first_index + count > ?1
            ORDER BY first_index
            """;
    }

    // By its index, or not at all: a walk over every batch would give the same answer, some seconds later.
    private static string ReadUnkeyedSql(string log) =>
        $"""
        SELECT first_index, count, id, time, root, keys, leaves, sealed
        FROM {log}_batch INDEXED BY {log}_unkeyed
        WHERE {ExchangeSchema.IsUnkeyed}
          AND first_index >= coalesce((SELECT max(first_index) FROM {log}_batch WHERE first_index <= ?1), ?1) AND first_index < ?2 AND first_index + count > ?1
        ORDER BY first_index
        """;
}
