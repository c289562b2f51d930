using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace DataExchange.Adapters.Tests.Sql;

public sealed class SqliteTests : SqlConformance
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dx-sqlite").FullName;

    private protected override string Provider => "sqlite";

    private protected override string ConnectionStringOfNothing => $"Data Source={_folder}/nothing.db";

    private protected override string[] Schema =>
    [
        "CREATE TABLE people (number TEXT PRIMARY KEY COLLATE NOCASE, \"full name\" TEXT, \"地址\" TEXT, born TEXT, dependants INTEGER, income NUMERIC, \"select\" INTEGER, note TEXT)",
        "CREATE VIEW twice AS SELECT * FROM people UNION ALL SELECT * FROM people",
    ];

    private protected override Task<string> ConnectionStringAsync() => Task.FromResult($"Data Source={_folder}/people.db");

    private protected override DbConnection Writer(string connectionString) => new SqliteConnection(connectionString);

    private protected override object? DateValue(string? born) => born;

    private protected override ValueTask CloseAsync()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
