using Microsoft.Data.Sqlite;

namespace DataExchange.Cli.DataFolders;

/// <summary>A SQLite file, opened to be read and not changed. For one thread at a time.</summary>
internal sealed class ReadDatabase : IDisposable
{
    private const int CannotOpen = 14; // SQLITE_CANTOPEN
    private readonly SqliteConnection _connection;

    private ReadDatabase(SqliteConnection connection) => _connection = connection;

    /// <summary>
    /// Opens the file. Its write-ahead log is read with it, which SQLite does through a shared-memory file beside it. Where that cannot be
    /// made, or the caller keeps everybody else out, and there is no write-ahead log, the file alone is all there is, and is read as it stands.
    /// </summary>
    /// <param name="file">The database.</param>
    /// <param name="isExclusive">Whether nobody else has the file open.</param>
    /// <exception cref="FindingException">It cannot be opened.</exception>
    public static ReadDatabase Open(string file, bool isExclusive)
    {
        var hasLog = new FileInfo(file + "-wal") is { Exists: true, Length: > 0 };
        try
        {
            return new ReadDatabase(Connect(file, isImmutable: isExclusive && !hasLog));
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == CannotOpen && File.Exists(file) && !hasLog)
        {
            return new ReadDatabase(Connect(file, isImmutable: true));
        }
        catch (SqliteException exception)
        {
            throw Unreadable(file, exception);
        }
    }

    /// <summary>Begins a transaction: what is read from now on is the file as it is now, whoever writes.</summary>
    public void Pin()
    {
        Execute("BEGIN");
        _ = Long("SELECT count(*) FROM sqlite_schema");
    }

    /// <summary>The rows of a query; the reader stands on each in turn.</summary>
    public IEnumerable<SqliteDataReader> Rows(string sql, params object[] values)
    {
        using var command = Command(sql, values);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return reader;
        }
    }

    /// <summary>The first number that a query gives; null when it gives no row.</summary>
    public long? Long(string sql, params object[] values)
    {
        using var command = Command(sql, values);
        return command.ExecuteScalar() as long?;
    }

    public void Dispose() => _connection.Dispose();

    public static FindingException Unreadable(string file, Exception cause) =>
        FindingException.CannotTell(FindingCode.SourceUnreadable, $"{file} cannot be read: {cause.Message}", cause);

    private static SqliteConnection Connect(string file, bool isImmutable)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = isImmutable ? $"{new Uri(Path.GetFullPath(file)).AbsoluteUri}?immutable=1" : file,
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = false,
        }.ConnectionString);
        try
        {
            connection.Open();
            using var probe = connection.CreateCommand();
            probe.CommandText = "PRAGMA schema_version";
            probe.ExecuteScalar();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private void Execute(string sql)
    {
        using var command = Command(sql, []);
        command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql, object[] values)
    {
        var command = _connection.CreateCommand();
#pragma warning disable CA2100 // Every text is a constant of this project.
        command.CommandText = sql;
#pragma warning restore CA2100
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue($"${i + 1}", values[i]);
        }

        return command;
    }
}
