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
        Assert.All(Projects(), file => Assert.DoesNotContain("Version=\"", File.ReadAllText(Path.Combine(Repository.Root, file)), StringComparison.Ordinal));
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = File.ReadAllText(Path.Combine(Repository.Root, "DataExchange.sln"));

        // A test project that is not in it would silently not be run.
        Assert.All(Projects(), file => Assert.Contains($"\"{file.Replace('/', '\\')}\"", solution, StringComparison.Ordinal));
    }

    /// <summary>Every project file, relative to the root.</summary>
    private static List<string> Projects()
    {
        var projects = Directory.EnumerateFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.Root, file))
            .Where(file => !file.StartsWith("artifacts" + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            .ToList();
        Assert.NotEmpty(projects);
        return projects;
    }
}
