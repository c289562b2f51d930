using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace DataExchange.Adapters.Sql.Dialects;

/// <summary>SQLite.</summary>
internal sealed class SqliteDialect : SqlDialect
{
    public override string Name => "sqlite";

    public override string Complete(string connectionString) =>
        new SqliteConnectionStringBuilder(connectionString) { Mode = SqliteOpenMode.ReadOnly, Pooling = true }.ToString();

    public override DbDataSource Open(string connectionString) => SqliteFactory.Instance.CreateDataSource(Complete(connectionString));

    // Busy or locked for longer than the command's time-out.
    public override bool IsTimeout(DbException exception) => exception is SqliteException { SqliteErrorCode: 5 or 6 };

    protected override string Quote(string part) => $"\"{part.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
