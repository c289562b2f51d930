using System.Xml.Linq;

namespace DataExchange.Architecture.Tests;

/// <summary>The arrows between projects, read from the project files themselves: a reference that is not written cannot be used.</summary>
public sealed class ForbiddenArrows
{
    private static readonly IReadOnlyDictionary<string, Project> Projects = Repository.ProductionProjects();

    [Fact]
    public void Every_production_project_stands_in_the_solution()
    {
        var solution = File.ReadAllText(Path.Combine(Repository.Root, "DataExchange.sln"));

        Assert.All(Projects.Values, p => Assert.Contains(p.Name + ".csproj", solution, StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_refers_to_the_host() =>
        Assert.All(Projects.Values, p => Assert.DoesNotContain("DataExchange.Gateway", p.AllReferences(Projects)));

    [Theory]
    [InlineData("DataExchange.Contracts")]
    [InlineData("DataExchange.Merkle")]
    [InlineData("DataExchange.Policy")]
    public void The_pure_libraries_name_no_web_framework_and_no_database(string name)
    {
        var project = Projects[name];
        string[] allowed = ["System.Formats.Cbor", "NSec.Cryptography"];

        Assert.Empty(project.Frameworks);
        Assert.Subset(allowed.ToHashSet(), project.Packages.ToHashSet());
    }

    [Theory]
    [InlineData("DataExchange.Contracts", new string[0])]
    [InlineData("DataExchange.Merkle", new string[0])]
    [InlineData("DataExchange.Policy", new[] { "DataExchange.Contracts" })]
    [InlineData("DataExchange.TransparencyLog", new[] { "DataExchange.Merkle" })]
    [InlineData("DataExchange.Storage", new[] { "DataExchange.Policy", "DataExchange.TransparencyLog" })]
    [InlineData("DataExchange.Enforcement", new[] { "DataExchange.Contracts", "DataExchange.Policy", "DataExchange.TransparencyLog" })]
    [InlineData("DataExchange.Cli", new[] { "DataExchange.Contracts", "DataExchange.Merkle" })]
    [InlineData("DataExchange.Witness", new[] { "DataExchange.Merkle" })]
    [InlineData("DataExchange.Adapters", new[] { "DataExchange.Contracts", "DataExchange.Merkle" })]
    [InlineData("DataExchange.Adapters.Sql", new[] { "DataExchange.Adapters" })]
    [InlineData("DataExchange.Adapters.Files", new[] { "DataExchange.Adapters" })]
    [InlineData("DataExchange.Adapters.Rest", new[] { "DataExchange.Adapters" })]
    public void A_project_refers_to_no_more_than_the_design_allows(string name, string[] allowed) =>
        Assert.Subset(allowed.ToHashSet(), Projects[name].References.ToHashSet());

    [Fact]
    public void Only_the_host_knows_both_enforcement_and_storage()
    {
        var both = Projects.Values
            .Where(p => p.AllReferences(Projects).IsSupersetOf(["DataExchange.Enforcement", "DataExchange.Storage"]))
            .Select(p => p.Name);

        Assert.Equal(["DataExchange.Gateway"], both);
    }

    [Fact]
    public void Adapters_and_the_command_line_stay_outside_the_gateway()
    {
        string[] inside = ["DataExchange.Policy", "DataExchange.TransparencyLog", "DataExchange.Enforcement", "DataExchange.Storage"];
        var outside = Projects.Values.Where(p => p.Folder == "adapters" || p.Name is "DataExchange.Cli" or "DataExchange.Witness" or "DataExchange.Console");

        Assert.All(outside, p => Assert.Empty(p.AllReferences(Projects).Intersect(inside)));
    }
}

/// <summary>A production project as its file describes it.</summary>
internal sealed record Project(string Name, string Folder, IReadOnlyList<string> References, IReadOnlyList<string> Packages, IReadOnlyList<string> Frameworks)
{
    /// <summary>References of references included.</summary>
    public HashSet<string> AllReferences(IReadOnlyDictionary<string, Project> projects)
    {
        var seen = new HashSet<string>();
        var waiting = new Stack<string>(References);
        while (waiting.TryPop(out var name))
        {
            if (seen.Add(name))
            {
                foreach (var next in projects[name].References)
                {
                    waiting.Push(next);
                }
            }
        }

        return seen;
    }

    public static Project Read(string file)
    {
        var document = XDocument.Load(file);
        string[] Names(string element) => [.. document.Descendants(element).Select(e => e.Attribute("Include")!.Value)];
        return new Project(
            Path.GetFileNameWithoutExtension(file),
            Path.GetRelativePath(Repository.Root, file).Split(Path.DirectorySeparatorChar)[0],
            [.. Names("ProjectReference").Select(Path.GetFileNameWithoutExtension).OfType<string>()],
            Names("PackageReference"),
            Names("FrameworkReference"));
    }
}
