using Microsoft.Data.Sqlite;

namespace DataExchange.Cli.DataFolders;

/// <summary>The key that a log is signed under, as <c>exchange.db</c> keeps it beside the log since its version 2.</summary>
internal static class SigningKey
{
    /// <summary>The text that stands there; null when nothing was signed yet, or the file is older.</summary>
    /// <exception cref="SqliteException">The file cannot be read.</exception>
    public static string? Read(ReadDatabase exchange, string log) =>
        exchange.Long("SELECT count(*) FROM sqlite_schema WHERE name = 'log_key'") > 0
            ? exchange.Rows("SELECT vkey FROM log_key WHERE log = $1", log).Select(row => row.GetString(0)).FirstOrDefault()
            : null;

    /// <summary>The key of a data folder's log: the one that is kept, or else the public half of its key file; null when there is neither.</summary>
    public static string? Find(string folder, string log, string origin)
    {
        using var exchange = ReadDatabase.Open(Path.Combine(folder, DataFolder.Exchange), isExclusive: false);
        try
        {
            var file = Path.Combine(folder, $"{RetiredLog.LabelOf(log, RetiredLog.Current(exchange, log))}.key");
            return Read(exchange, log) ?? (File.Exists(file) ? LogKeyFile.ReadVerifier(file, origin)?.ToString() : null);
        }
        catch (SqliteException exception)
        {
            throw ReadDatabase.Unreadable(DataFolder.Exchange, exception);
        }
    }
}
