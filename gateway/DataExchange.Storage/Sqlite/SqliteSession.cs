using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace DataExchange.Storage.Sqlite;

/// <summary>A connection and its prepared statements. For one thread at a time.</summary>
internal sealed class SqliteSession : IDisposable
{
    private readonly Dictionary<string, SqliteStatement> _statements = [];
    private readonly SqliteConnection _connection;

    public SqliteSession(string path, string pragmas)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
            DefaultTimeout = 1, // SQLite's own busy_timeout waits; this only ends the provider's loop around it.
        }.ConnectionString);
        try
        {
            _connection.Open();
            Execute("PRAGMA busy_timeout=5000;" + pragmas);
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>False between BEGIN and its end.</summary>
    public bool IsIdle => raw.sqlite3_get_autocommit(_connection.Handle) != 0;

    /// <summary>The statement, ready to bind. Dispose it after use.</summary>
    public SqliteStatement Use(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            var code = raw.sqlite3_prepare_v2(_connection.Handle, sql, out var prepared);
            SqliteException.ThrowExceptionForRC(code, _connection.Handle);
            statement = new SqliteStatement(_connection.Handle!, prepared);
            _statements.Add(sql, statement);
        }

        return statement;
    }

    public int Run(string sql)
    {
        using var statement = Use(sql);
        return statement.Run();
    }

    /// <summary>Several statements, once.</summary>
    public void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
#pragma warning disable CA2100 // Every text is a constant of this project.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    /// <summary>Runs the work in a transaction that takes the write lock at once; rolls back when the work throws.</summary>
    public void Write(Action<SqliteSession> work)
    {
        Run("BEGIN IMMEDIATE");
        try
        {
            work(this);
            Run("COMMIT");
        }
        finally
        {
            if (!IsIdle)
            {
                Run("ROLLBACK");
            }
        }
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Close();
        }

        _connection.Dispose();
    }
}
