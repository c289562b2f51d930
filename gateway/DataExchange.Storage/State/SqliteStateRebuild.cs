using DataExchange.Storage.Logs;
using DataExchange.Storage.Sqlite;
using DataExchange.TransparencyLog;
using DataExchange.TransparencyLog.Stores;
using Microsoft.Data.Sqlite;

namespace DataExchange.Storage.State;

/// <summary>A fresh table beside <c>register_state</c>, which takes its place. All in one transaction: a crash on any line leaves the rows that were there.</summary>
internal sealed class SqliteStateRebuild(SqliteDataFolder folder) : IStateRebuild
{
    private const string Fresh = "register_rebuilt";

    public async ValueTask<StateRebuildReport> ReplaceAsync(IAsyncEnumerable<IndexedChange> changes, IReadOnlyCollection<string> kept, CancellationToken cancellationToken)
    {
        var exchange = folder.Exchange;
        exchange.Turn.Enter();
        try
        {
            exchange.Watermark?.ThrowIfLow();
            using var session = exchange.File.OpenSession(); // Closing it without a commit rolls back.
            session.Run("BEGIN IMMEDIATE");
            session.Execute(ExchangeSchema.RegisterTable(Fresh));
            await foreach (var (index, change) in changes.WithCancellation(cancellationToken))
            {
                Apply(session, index, change);
            }

            var report = Compare(session, kept);
            foreach (var register in kept)
            {
                using var copy = session.Use($"INSERT OR REPLACE INTO {Fresh} (register, id, log_index, value) SELECT register, id, log_index, value FROM register_state WHERE register = ?1");
                copy.Bind(1, register).Run();
            }

            session.Execute($"DROP TABLE register_state; ALTER TABLE {Fresh} RENAME TO register_state;");
            session.Run("COMMIT");
            exchange.File.DropReaders(); // Their statements are of the table that is gone.
            return report;
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

    private static void Apply(SqliteSession session, long index, StateChange change)
    {
        if (change.Value is { } value)
        {
            using var set = session.Use($"INSERT OR REPLACE INTO {Fresh} (register, id, log_index, value) VALUES (?1, ?2, ?3, ?4)");
            set.Bind(1, change.Register).Bind(2, change.Id).Bind(3, index).Bind(4, value.Span).Run();
        }
        else
        {
            using var remove = session.Use($"DELETE FROM {Fresh} WHERE register = ?1 AND id = ?2");
            remove.Bind(1, change.Register).Bind(2, change.Id).Run();
        }
    }

    private static StateRebuildReport Compare(SqliteSession session, IReadOnlyCollection<string> kept)
    {
        // Registers that are kept are in the old table alone.
        var extra = Count(session, $"SELECT count(*) FROM register_state AS old WHERE NOT EXISTS (SELECT 1 FROM {Fresh} AS new WHERE new.register = old.register AND new.id = old.id)");
        foreach (var register in kept)
        {
            using var held = session.Use("SELECT count(*) FROM register_state WHERE register = ?1").Bind(1, register);
            held.Step();
            extra -= held.Long(0);
        }

        return new StateRebuildReport(
            Count(session, $"SELECT count(*) FROM {Fresh}"),
            Count(session, $"""
                SELECT count(*) FROM {Fresh} AS new WHERE NOT EXISTS (
                  SELECT 1 FROM register_state AS old WHERE old.register = new.register AND old.id = new.id AND old.log_index = new.log_index AND old.value = new.value)
                """),
            extra);
    }

    private static long Count(SqliteSession session, string sql)
    {
        using var count = session.Use(sql);
        count.Step();
        return count.Long(0);
    }
}
