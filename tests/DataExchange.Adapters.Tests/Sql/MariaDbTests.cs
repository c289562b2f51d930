using System.Data.Common;
using DataExchange.Adapters.Tests.Conformance;
using DataExchange.Adapters.Tests.Sql.Servers;
using MySqlConnector;

namespace DataExchange.Adapters.Tests.Sql;

public sealed class MariaDbTests(MariaDbServer server) : SqlConformance
{
    private protected override string Provider => "mysql";

    private protected override string ConnectionStringOfNothing => MariaDbServer.For(Path.GetTempPath(), seconds: 5);

    private protected override string[] Schema =>
    [
        "DROP VIEW IF EXISTS twice, slow",
        "DROP TABLE IF EXISTS people",
        "CREATE TABLE people (number char(18) PRIMARY KEY, `full name` text, `地址` longtext, born date, dependants tinyint, income decimal(12,2), `select` tinyint(1), note text) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci",
        "CREATE VIEW twice AS SELECT * FROM people UNION ALL SELECT * FROM people",
        "CREATE VIEW slow AS SELECT * FROM people WHERE SLEEP(30) = 0",
    ];

    [Fact]
    public async Task A_database_that_takes_too_long_is_a_timeout()
    {
        await using var adapter = await StartAsync(await ConnectionStringAsync(), "test.slow", timeout: "00:00:01");
        var answer = await adapter.AskAsync(Register.Known.Number, "name");
        Assert.Equal((504, "provider-timeout"), (answer.Status, answer.Code));
    }

    private protected override Task<string> ConnectionStringAsync() => server.ConnectionStringAsync();

    private protected override DbConnection Writer(string connectionString) => new MySqlConnection(connectionString);
}
