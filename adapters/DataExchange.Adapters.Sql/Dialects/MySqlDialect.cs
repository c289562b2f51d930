using System.Data.Common;
using MySqlConnector;

namespace DataExchange.Adapters.Sql.Dialects;

/// <summary>MySQL and MariaDB.</summary>
internal sealed class MySqlDialect : SqlDialect
{
    public override string Name => "mysql";

    // No reset between uses of a pooled connection: it would forget the prepared statements, and a session that only reads one
    // statement at a time leaves nothing behind to reset. Prepared statements are not ignored: they alone send the subject apart
    // from the text; unprepared ones are put together in the client.
    public override string Complete(string connectionString)
    {
        var builder = new MySqlConnectionStringBuilder(connectionString)
        {
            Pooling = true,
            ConnectionReset = false,
            IgnorePrepare = false,
            TreatTinyAsBoolean = true,
        };
        builder.MaximumPoolSize = builder.ShouldSerialize("Maximum Pool Size") ? builder.MaximumPoolSize : PoolSize;
        return builder.ToString();
    }

    public override DbDataSource Open(string connectionString) => new MySqlDataSourceBuilder(Complete(connectionString))
        .UseConnectionOpenedCallback(ReadOnlyAsync)
        .Build();

    public override bool IsTimeout(DbException exception) =>
        exception is MySqlException { ErrorCode: MySqlErrorCode.CommandTimeoutExpired or MySqlErrorCode.QueryInterrupted or MySqlErrorCode.LockWaitTimeout };

    protected override string Quote(string part) => $"`{part.Replace("`", "``", StringComparison.Ordinal)}`";

    private static async ValueTask ReadOnlyAsync(MySqlConnectionOpenedContext context, CancellationToken cancellationToken)
    {
        // A connection from the pool has been told already.
        if ((context.Conditions & MySqlConnectionOpenedConditions.New) == 0)
        {
            return;
        }

        await using var command = context.Connection.CreateCommand();
        command.CommandText = "SET SESSION TRANSACTION READ ONLY";
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
