using System.Text;
using DataExchange.TransparencyLog.Tests.Support;

namespace DataExchange.TransparencyLog.Tests.Appending;

/// <summary>State is never ahead of the log or behind it.</summary>
public sealed class StateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(FaultPoint.BeforeCommit, 0)]
    [InlineData(FaultPoint.AfterCommit, 1)]
    public async Task State_changes_exactly_when_the_entry_is_in_the_log(FaultPoint point, int expected)
    {
        FaultyStorage storage = null!;
        await using var region = await TestRegion.OpenAsync(_folder, inner => storage = new FaultyStorage(inner, LogNames.Governance));
        storage.FailOnce(point);
        await Assert.ThrowsAsync<LogUnavailableException>(
            async () => await region.Governance.AppendAsync(Entries.Of("given", null, Entries.Set("consent", "a", "given")), Token));
        await region.Events.WaitAsync(EventLog<object>.Recovered);

        Assert.Equal(expected, region.Governance.Latest.Size);
        Assert.Equal(expected, Rows("consent").Count);
    }

    [Fact]
    public async Task Later_entries_of_one_batch_win_and_each_row_names_its_entry()
    {
        await using var region = await TestRegion.OpenAsync(_folder);
        var appends = Enumerable.Range(0, 100)
            .Select(i => region.Governance.AppendAsync(Entries.Of($"{i}", null, Entries.Set("consent", $"{i % 7}", $"{i}")), Token).AsTask());
        var results = await Task.WhenAll(appends);
        await region.Governance.AppendAsync(Entries.Of("withdrawn", null, Entries.Remove("consent", "3")), Token);

        var rows = Rows("consent");
        Assert.Equal(6, rows.Count);
        foreach (var (id, value, index) in rows)
        {
            var last = results.Select((result, i) => (result.Index, Value: i)).Where(pair => $"{pair.Value % 7}" == id).MaxBy(pair => pair.Index);
            Assert.Equal((last.Index, $"{last.Value}"), (index, value));
        }
    }

    private List<(string Id, string Value, long Index)> Rows(string register)
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={_folder.File("exchange.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT id, value, log_index FROM register_state WHERE register = $register";
        command.Parameters.AddWithValue("$register", register);
        using var reader = command.ExecuteReader();
        var rows = new List<(string, string, long)>();
        while (reader.Read())
        {
            rows.Add((reader.GetString(0), Encoding.UTF8.GetString(reader.GetFieldValue<byte[]>(1)), reader.GetInt64(2)));
        }

        return rows;
    }
}
