namespace DataExchange.Gateway.Tests.Running;

/// <summary>Finds what was built beside the tests: <c>artifacts/bin/{project}/{configuration}</c>.</summary>
public static class BuildOutput
{
    public static string Of(string project)
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(own.Parent!.Parent!.FullName, project, own.Name);
    }

    /// <summary>The root of the working copy, where the solution is.</summary>
    public static string RepositoryRoot { get; } = FindRoot();

    private static string FindRoot()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "DataExchange.sln")))
        {
            at = at.Parent ?? throw new DirectoryNotFoundException("DataExchange.sln is in no folder above the tests.");
        }

        return at.FullName;
    }
}
