using DataExchange.Storage.Sqlite;
using DataExchange.TransparencyLog;

namespace DataExchange.Storage.State;

/// <summary>The registers' rows in <c>exchange.db</c>.</summary>
internal sealed class SqliteStateReader(SqliteDataFolder folder) : IStateReader
{
    // Read to the end before the first row is handed out: one view, and no read stays open while the caller thinks.
    public IAsyncEnumerable<StateRow> ReadAsync(string register, CancellationToken cancellationToken) =>
        folder.Exchange.File.Read(session => Read(session, register)).ToAsyncEnumerable();

    private static List<StateRow> Read(SqliteSession session, string register)
    {
        var rows = new List<StateRow>();
        using var statement = session.Use("SELECT id, value, log_index FROM register_state WHERE register = ?1 ORDER BY id").Bind(1, register);
        while (statement.Step())
        {
            rows.Add(new StateRow(statement.Text(0), statement.Blob(1).ToArray(), statement.Long(2)));
        }

        return rows;
    }
}
