using System.Text;
using DataExchange.TransparencyLog.Tests.Support;

namespace DataExchange.TransparencyLog.Tests.Stores;

/// <summary>An erasure removes rows that name a person by their handle: of what it removed nothing may be left to read.</summary>
public sealed class RemovedRows
{
    private const int Consents = 100; // Several pages, some of which become free.

    [Fact]
    public async Task What_is_removed_from_a_register_is_gone_from_the_file_and_from_its_write_ahead_log()
    {
        using var folder = new TemporaryFolder();
        await using var region = await TestRegion.OpenAsync(folder);
        var ids = Enumerable.Range(0, Consents).Select(n => $"consent-{n}").ToArray();
        await AppendAsync(region, [.. ids.Select(id => Entries.Set("consent", id, Secret(id, revision: 1)))]);
        await AppendAsync(region, [.. ids.Select(id => Entries.Set("consent", id, Secret(id, revision: 2)))]);
        await AppendAsync(region, Entries.Set("consent", "another", Secret("another", revision: 1)));
        Assert.NotEmpty(Held(folder, "of consent-"));

        await AppendAsync(region, [.. ids.Select(id => Entries.Remove("consent", id))]);

        await Poll.UntilAsync(() => Held(folder, "of consent-").Count == 0);
        Assert.NotEmpty(Held(folder, "of another"));
    }

    private static async Task AppendAsync(TestRegion region, params StateChange[] changes) =>
        await region.Governance.AppendAsync(Entries.Of("entry", null, changes), TestContext.Current.CancellationToken);

    private static string Secret(string id, int revision) => $"revision {revision} of {id}, {new string('x', 60 * revision)}";

    private static List<string> Held(TemporaryFolder folder, string text) =>
        [.. new[] { "exchange.db", "exchange.db-wal" }.Select(folder.File).Where(file => File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0)];
}
