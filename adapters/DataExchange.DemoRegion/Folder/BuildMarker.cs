using System.Text.Json;
using System.Text.Json.Nodes;

namespace DataExchange.DemoRegion.Folder;

/// <summary>The file that says that a folder holds a complete demo region, and which recipe made it.</summary>
internal static class BuildMarker
{
    private const string Name = "demo-region.json";

    /// <summary>
    /// The module version id. The compiler derives it from everything that it compiles, documents included (the build is
    /// deterministic), so any change of the recipe gives another one and nobody has to remember to count a version up.
    /// </summary>
    private static string Recipe => typeof(BuildMarker).Module.ModuleVersionId.ToString("N");

    public static bool Exists(string folder) => File.Exists(Path.Combine(folder, Name));

    public static bool IsCurrent(string folder)
    {
        if (!Exists(folder))
        {
            return false;
        }

        try
        {
            return (string?)JsonNode.Parse(File.ReadAllText(Path.Combine(folder, Name)))?["recipe"] == Recipe;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Not what we write, so not what this recipe made: it is built again.
            return false;
        }
    }

    public static void Write(string folder) =>
        File.WriteAllText(Path.Combine(folder, Name), new JsonObject { ["about"] = "demo.example: synthetic data", ["recipe"] = Recipe }.ToJsonString() + "\n");
}
