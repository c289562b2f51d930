using System.Data.Common;
using DataExchange.Adapters.Tests.Conformance;
using DataExchange.Adapters.Tests.Sql.Servers;
using Npgsql;

namespace DataExchange.Adapters.Tests.Sql;

public sealed class PostgreSqlTests(PostgreSqlServer server) : SqlConformance
{
    private protected override string Provider => "postgresql";

    private protected override string ConnectionStringOfNothing => PostgreSqlServer.For(Path.GetTempPath(), seconds: 5);

    private protected override string[] Schema =>
    [
        "DROP TABLE IF EXISTS people CASCADE",
        "CREATE TABLE people (number char(18) PRIMARY KEY, \"full name\" text, \"地址\" text, born date, dependants smallint, income numeric(12,2), \"select\" boolean, note text)",
        "CREATE VIEW twice AS SELECT * FROM people UNION ALL SELECT * FROM people",
        "CREATE VIEW slow AS SELECT people.* FROM people, pg_sleep(30)",
    ];

    [Fact]
    public async Task A_database_that_takes_too_long_is_a_timeout()
    {
        await using var adapter = await StartAsync(await ConnectionStringAsync(), "public.slow", timeout: "00:00:01");
        var answer = await adapter.AskAsync(Register.Known.Number, "name");
        Assert.Equal((504, "provider-timeout"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task A_fixed_width_key_is_found_by_its_index()
    {
        await using var connection = new NpgsqlConnection(await ConnectionStringAsync());
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "SET enable_seqscan = off; EXPLAIN SELECT number FROM people WHERE number = @subject";
        command.Parameters.Add(DataExchange.Adapters.Sql.Dialects.SqlDialect.PostgreSql.Subject(command, Register.Known.Number));
        Assert.Contains("people_pkey", (string)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!, StringComparison.Ordinal);
    }

    private protected override Task<string> ConnectionStringAsync() => server.ConnectionStringAsync();

    private protected override DbConnection Writer(string connectionString) => new NpgsqlConnection(connectionString);
}
