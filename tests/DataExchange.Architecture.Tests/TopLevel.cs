namespace DataExchange.Architecture.Tests;

/// <summary>The top level is fixed, and the project speaks of itself alone.</summary>
public sealed class TopLevel
{
    [Fact]
    public void No_other_folder_stands_at_the_top()
    {
        string[] allowed = ["gateway", "adapters", "contracts", "tests", "helm", "artifacts", "data", "TestResults"];
        var folders = Directory.EnumerateDirectories(Repository.Root).Select(Path.GetFileName).Where(f => !f!.StartsWith('.'));

        Assert.Subset(allowed.ToHashSet(), folders.ToHashSet()!);
    }

    [Fact]
    public void Every_package_version_stands_in_one_place()
    {
        var projects = Directory.EnumerateFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories)
            .Where(f => !f.Contains("artifacts", StringComparison.Ordinal));

        Assert.All(projects, file => Assert.DoesNotContain("Version=\"", File.ReadAllText(file), StringComparison.Ordinal));
    }
}
