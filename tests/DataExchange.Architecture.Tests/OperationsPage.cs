using System.Text.RegularExpressions;

namespace DataExchange.Architecture.Tests;

/// <summary>An alarm that no page explains is noise: whatever asks for an operator stands in OPERATIONS.md.</summary>
public sealed partial class OperationsPage
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "OPERATIONS.md"));

    private static readonly string[] Sources = [.. new[] { "gateway", "adapters" }
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories))
        .Select(File.ReadAllText)];

    [Fact]
    public void Every_log_event_from_warning_on_is_explained()
    {
        var events = Sources.SelectMany(source => Event().Matches(source)).Select(match => match.Groups["id"].Value).ToList();

        Assert.NotEmpty(events);
        Assert.Distinct(events);
        var rows = Page.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Select(line => line.Split('|')[1]).ToList();
        Assert.All(events, id => Assert.True(rows.Exists(row => row.Contains(id, StringComparison.Ordinal)), $"Event {id} has no row in OPERATIONS.md."));
    }

    [Fact]
    public void Every_health_check_is_explained()
    {
        var checks = Sources.SelectMany(source => Check().Matches(source)).Select(match => match.Groups["name"].Value).ToList();

        Assert.NotEmpty(checks);
        Assert.All(checks, name => Assert.Contains($"| `{name}`", Page, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\[LoggerMessage\((?<id>\d+), LogLevel\.(Warning|Error|Critical),")]
    private static partial Regex Event();

    [GeneratedRegex("""\.AddCheck<\w+>\("(?<name>[^"]*)"\)""")]
    private static partial Regex Check();
}
