using DataExchange.Storage.Sqlite;
using DataExchange.TransparencyLog.Keys;
using DataExchange.TransparencyLog.Stores;
using Microsoft.Data.Sqlite;

namespace DataExchange.Storage.Logs;

/// <summary>Retired logs in <c>exchange.db</c>, and the order in <c>adopt.json</c> beside it.</summary>
internal sealed class SqliteAdoptionStore(string folder, ExchangeFile exchange, TilesFile tiles) : IAdoptionStore
{
    private const string OrderFile = "adopt.json";
    private const long MaxOrder = 4 << 20;

    private const string Retire =
        "INSERT INTO log_retired (log, generation, origin, vkey, size, root, range, time, note, adoption) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";

    private readonly string _order = Path.Combine(folder, OrderFile);

    public ValueTask<string?> ReadOrderAsync(CancellationToken cancellationToken)
    {
        try
        {
            // Opened without asking first: an order that is there and cannot be read must not pass for none.
            using var reader = new StreamReader(new FileStream(_order, FileMode.Open, FileAccess.Read));
            return ValueTask.FromResult<string?>(
                reader.BaseStream.Length <= MaxOrder
                    ? reader.ReadToEnd()
                    : throw new StorageException($"'{_order}' has {reader.BaseStream.Length} bytes: that is no order of dx log adopt. Remove it, and give the order anew."));
        }
        catch (FileNotFoundException)
        {
            return ValueTask.FromResult<string?>(null);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or (IOException and not StorageException))
        {
            throw new StorageException($"'{_order}' cannot be read: {exception.Message} Let the service's own user own it.", exception);
        }
    }

    public ValueTask RemoveOrderAsync(CancellationToken cancellationToken)
    {
        try
        {
            File.Delete(_order);
            DirectorySync.Flush(folder);
            return ValueTask.CompletedTask;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"'{_order}' was carried out and cannot be removed: {exception.Message} Let the service's own user own the folder.", exception);
        }
    }

    public ValueTask<IReadOnlyList<RetiredLog>> ReadRetiredAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<RetiredLog>>(exchange.File.Read(session =>
        {
            var logs = new List<RetiredLog>();
            using var rows = session.Use("SELECT log, generation, adoption FROM log_retired ORDER BY log, generation");
            while (rows.Step())
            {
                logs.Add(new RetiredLog(rows.Text(0), (int)rows.Long(1), rows.Text(2)));
            }

            return logs;
        }));

    public ValueTask<string?> ReadKeyAsync(string log, CancellationToken cancellationToken) => ValueTask.FromResult(exchange.File.Read(session =>
    {
        using var row = session.Use("SELECT vkey FROM log_key WHERE log = ?1").Bind(1, log);
        return row.Step() ? row.Text(0) : null;
    }));

    public async ValueTask AdoptAsync(string order, IReadOnlyList<LogSuccession> successions, CancellationToken cancellationToken)
    {
        exchange.Turn.Enter();
        var bytes = 0L;
        try
        {
            exchange.Watermark?.ThrowIfLow();
            using var session = exchange.File.OpenSession(); // Closing it without a commit rolls back.
            session.Run("BEGIN IMMEDIATE");
            foreach (var succession in successions)
            {
                bytes += await SucceedAsync(session, order, succession, cancellationToken);
            }

            session.Run("COMMIT");
        }
        catch (SqliteException exception)
        {
            throw new StorageException(SqliteErrors.Explain(exchange.File.Path, exception), exception);
        }
        finally
        {
            exchange.Checkpointer.Wrote(bytes);
            exchange.Watermark?.Wrote(bytes);
            exchange.Turn.Leave();
        }
    }

    public ValueTask ClearDerivedAsync(string log, CancellationToken cancellationToken)
    {
        try
        {
            tiles.WriteDurably(session => Clear(session, log));
            return ValueTask.CompletedTask;
        }
        catch (SqliteException exception)
        {
            throw new StorageException(SqliteErrors.Explain(tiles.File.Path, exception), exception);
        }
    }

    private static void Clear(SqliteSession session, string log)
    {
        session.Run($"DELETE FROM {log}_tile");
        session.Run($"DELETE FROM {log}_search");
        using var position = session.Use("DELETE FROM position WHERE log = ?1");
        position.Bind(1, log).Run();
        using var scrub = session.Use("DELETE FROM scrub WHERE log = ?1");
        scrub.Bind(1, log).Run();
    }

    /// <summary>Returns about how many bytes were written.</summary>
    private static async ValueTask<long> SucceedAsync(SqliteSession session, string order, LogSuccession succession, CancellationToken cancellationToken)
    {
        var (log, head, bytes) = (succession.Log, succession.Retired, 0L);
        PutBy(session, order, succession);
        await foreach (var (batch, next) in succession.Batches.WithCancellation(cancellationToken))
        {
            LogRows.Insert(session, log, batch);
            LogRows.MoveHead(session, log, head, next);
            head = next;
            bytes += LogRows.Bytes(batch);
        }

        if (succession.IsCarried)
        {
            session.Run("UPDATE register_state SET log_index = log_index + 1");
        }

        return bytes;
    }

    private static void PutBy(SqliteSession session, string order, LogSuccession succession)
    {
        var (log, head) = (succession.Log, succession.Retired);
        using (var retire = session.Use(Retire))
        {
            retire.Bind(1, log).Bind(2, succession.Generation).Bind(3, succession.Origin).Bind(4, succession.VerifierKey).Bind(5, head.Size)
                .Bind(6, head.Range.Root().Bytes).Bind(7, head.Range.ToBytes()).Bind(8, head.Time).Bind(10, order);
            if (succession.Note is { } note)
            {
                retire.Bind(9, note);
            }

            retire.Run();
        }

        session.Execute(
            $"DROP INDEX IF EXISTS {log}_unkeyed; ALTER TABLE {log}_batch RENAME TO {log}_{succession.Generation}_batch; " +
            ExchangeSchema.BatchTable(log) + ExchangeSchema.UnkeyedIndex(log));
        using var forget = session.Use("DELETE FROM log_key WHERE log = ?1");
        forget.Bind(1, log).Run();
    }
}
