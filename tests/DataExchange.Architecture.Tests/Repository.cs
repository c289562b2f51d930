namespace DataExchange.Architecture.Tests;

/// <summary>The checkout that the tests run from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    public static IReadOnlyDictionary<string, Project> ProductionProjects() =>
        new[] { "contracts", "gateway", "adapters" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.csproj", SearchOption.AllDirectories))
            .Select(Project.Read)
            .ToDictionary(p => p.Name);

    private static string FindRoot(string from) =>
        File.Exists(Path.Combine(from, "DataExchange.sln"))
            ? from
            : FindRoot(Path.GetDirectoryName(from) ?? throw new InvalidOperationException("The tests do not run inside a checkout."));
}
