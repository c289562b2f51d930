using System.Runtime.CompilerServices;
using DataExchange.Storage.Sqlite;
using DataExchange.TransparencyLog;
using Microsoft.Data.Sqlite;

namespace DataExchange.Storage.State;

/// <summary>The registers' rows in <c>exchange.db</c>.</summary>
internal sealed class SqliteStateReader(SqliteDataFolder folder) : IStateReader
{
    private const string ReadRows = "SELECT id, value, log_index FROM register_state WHERE register = ?1 AND log_index >= ?2 ORDER BY id";

    // One statement from the first row to the last, so one view. While it is open the write-ahead log does not start over: whoever reads a
    // large register takes its rows as fast as they come.
    public async IAsyncEnumerable<StateRow> ReadAsync(string register, long from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        using var session = folder.Exchange.File.OpenReader();
        using var rows = Guard(() => session.Use(ReadRows).Bind(1, register).Bind(2, from));
        while (Guard(rows.Step))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new StateRow(rows.Text(0), rows.Blob(1).ToArray(), rows.Long(2));
        }
    }

    private T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (SqliteException exception)
        {
            throw new StorageException(SqliteErrors.Explain(folder.Exchange.File.Path, exception), exception);
        }
    }
}
