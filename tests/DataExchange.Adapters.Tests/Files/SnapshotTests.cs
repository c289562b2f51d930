using System.Text;
using DataExchange.Adapters.Tests.Conformance;

namespace DataExchange.Adapters.Tests.Files;

/// <summary>The index at a size where it has grown, and where rows fill more than one block.</summary>
public sealed class SnapshotTests : IDisposable
{
    private readonly DropFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_one_of_many_rows_is_found_and_nobody_else()
    {
        // The limit of the test folder's files is 1 MiB: 9,000 rows in UTF-8.
        var people = Enumerable.Range(0, 9_000).Select(i => Register.Known with { Number = $"n{i}", Name = $"名{i}", Address = "街" }).ToList();
        _folder.Replace(Encoding.UTF8.GetBytes(DropFolder.Csv(people)));
        await using var adapter = await _folder.ServeAsync();
        foreach (var i in new[] { 0, 1, 15, 16, 17, 4_095, 4_096, 8_999 })
        {
            Assert.Equal($"名{i}", (await adapter.AskAsync($"n{i}", "name")).Record.GetProperty("name").GetString());
        }

        Assert.Equal(404, (await adapter.AskAsync("n9000", "name")).Status);
        Assert.Equal("9000 rows", (await adapter.GetAsync("/health/ready")).Json.GetProperty("details").GetProperty(Register.Dataset).GetString());
    }
}
