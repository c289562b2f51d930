using System.Data.Common;
using DataExchange.Adapters.Sql;
using DataExchange.Adapters.Tests.Conformance;

namespace DataExchange.Adapters.Tests.Sql;

/// <summary>What every database keeps, beyond the common claims.</summary>
public abstract class SqlConformance : AdapterConformance
{
    private protected abstract string Provider { get; }

    /// <summary>Statements that make the table <c>people</c> anew, the view <c>twice</c> of two rows a person, and the view <c>slow</c>.</summary>
    private protected abstract string[] Schema { get; }

    private protected abstract string ConnectionStringOfNothing { get; }

    private protected abstract Task<string> ConnectionStringAsync();

    /// <summary>A connection that may write, past the adapter.</summary>
    private protected abstract DbConnection Writer(string connectionString);

    private protected virtual object? DateValue(string? born) => born is null ? null : DateOnly.ParseExact(born, "yyyy-MM-dd");

    private protected sealed override async Task<RunningAdapter> StartAsync()
    {
        var connectionString = await ConnectionStringAsync();
        await using var connection = Writer(connectionString);
        await connection.OpenAsync();
        foreach (var statement in Schema)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = statement;
            await command.ExecuteNonQueryAsync();
        }

        foreach (var person in Register.People)
        {
            await InsertAsync(connection, person);
        }

        return await StartAsync(connectionString, "people");
    }

    private protected sealed override Task<RunningAdapter> StartWithoutBackEndAsync() => StartAsync(ConnectionStringOfNothing, "people");

    [Fact]
    public async Task Two_rows_of_one_subject_are_refused()
    {
        await using var adapter = await StartAsync(await ConnectionStringAsync(), "twice");
        var answer = await adapter.AskAsync(Register.Known.Number, "name");
        Assert.Equal((502, "provider-schema-violation"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task A_column_that_is_not_there_shows_before_anyone_asks()
    {
        await using var adapter = await StartAsync(await ConnectionStringAsync(), "people", key: "nummer");
        var ready = await adapter.GetAsync("/health/ready");
        Assert.Equal(503, ready.Status);
        Assert.Contains("mapped columns cannot be read", ready.Json.GetProperty("details").GetProperty(Register.Dataset).GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_can_be_written_through_the_adapters_connections()
    {
        var dialect = DataExchange.Adapters.Sql.Dialects.SqlDialect.All.Single(candidate => candidate.Name == Provider);
        await using var pool = dialect.Open(await ConnectionStringAsync());
        await using var connection = await pool.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "DELETE FROM people";
        var refusal = await Assert.ThrowsAnyAsync<DbException>(() => command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
        Assert.Matches("(?i)read.?only", refusal.Message);
    }

    private protected async Task<RunningAdapter> StartAsync(string connectionString, string table, string key = "number", string timeout = "00:01:00") =>
        await RunningAdapter.StartAsync(
            PeopleSettings.Json(
                $"\"Sql\": {{ \"Provider\": \"{Provider}\", \"ConnectionString\": \"{connectionString}\", \"CommandTimeout\": \"{timeout}\" }}",
                $"\"Table\": \"{table}\", \"Key\": \"{key}\""),
            SqlSettings.Read,
            static (settings, _) => new SqlSource(settings));

    private async Task InsertAsync(DbConnection connection, Person person)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO people VALUES (@a, @b, @c, @d, @e, @f, @g, @h)";
        object?[] values = [person.Number, person.Name, person.Address, DateValue(person.Born), person.Dependants, person.Income, person.Active, person.Note];
        for (var i = 0; i < values.Length; i++)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ($"@{(char)('a' + i)}", values[i] ?? DBNull.Value);
            command.Parameters.Add(parameter);
        }

        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
