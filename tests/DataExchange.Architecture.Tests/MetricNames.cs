using System.Text.RegularExpressions;

namespace DataExchange.Architecture.Tests;

/// <summary>OpenTelemetry's naming: one namespace for all metrics of this program, lower case, words joined by underscores.</summary>
public sealed partial class MetricNames
{
    [Fact]
    public void Every_metric_of_ours_has_the_one_prefix()
    {
        var names = new[] { "contracts", "gateway", "adapters" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories))
            .SelectMany(file => Instrument().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups["name"].Value)
            .ToList();

        Assert.NotEmpty(names);
        Assert.Distinct(names);
        Assert.All(names, name => Assert.Matches("^data_exchange(\\.[a-z][a-z_]*)+$", name));
    }

    [GeneratedRegex("""\.Create(Observable)?(Counter|UpDownCounter|Gauge|Histogram)(<\w+>)?\(\s*"(?<name>[^"]*)""")]
    private static partial Regex Instrument();
}
