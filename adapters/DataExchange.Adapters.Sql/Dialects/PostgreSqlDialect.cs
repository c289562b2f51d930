using System.Data.Common;
using Npgsql;
using NpgsqlTypes;

namespace DataExchange.Adapters.Sql.Dialects;

/// <summary>PostgreSQL.</summary>
internal sealed class PostgreSqlDialect : SqlDialect
{
    public override string Name => "postgresql";

    public override string Complete(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        builder.Pooling = true;
        builder.MaxPoolSize = builder.ShouldSerialize("Maximum Pool Size") ? builder.MaxPoolSize : PoolSize;

        // The server itself refuses a write from this session, whatever the account may do.
        builder.Options = (builder.Options + " -c default_transaction_read_only=on").Trim();
        return builder.ToString();
    }

    public override DbDataSource Open(string connectionString) => NpgsqlDataSource.Create(Complete(connectionString));

    public override bool IsTimeout(DbException exception) =>
        exception.InnerException is TimeoutException || exception.SqlState == PostgresErrorCodes.QueryCanceled;

    // Untyped, so that the server takes it as the key's own type: a text beside a char(n) column would pass its index by.
    public override DbParameter Subject(DbCommand command, string value) =>
        new NpgsqlParameter(SubjectParameter, NpgsqlDbType.Unknown) { Value = value };

    protected override string Quote(string part) => $"\"{part.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
