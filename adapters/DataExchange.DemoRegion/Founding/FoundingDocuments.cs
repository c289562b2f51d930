using System.Text.Json.Nodes;

namespace DataExchange.DemoRegion.Founding;

/// <summary>The parts of the founding file, as they stand in <c>Founding/Documents</c>: what a region writes by hand.</summary>
internal static class FoundingDocuments
{
    private const string Root = "Founding/";

    /// <summary>A single document, for instance <c>members.json</c>.</summary>
    public static JsonNode Read(string name)
    {
        using var stream = typeof(FoundingDocuments).Assembly.GetManifestResourceStream(Root + name)
            ?? throw new InvalidOperationException($"The document {name} is not part of this assembly.");
        return JsonNode.Parse(stream)!;
    }

    /// <summary>Every document of a folder, by name.</summary>
    public static IEnumerable<JsonNode> ReadAll(string folder) => typeof(FoundingDocuments).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith($"{Root}{folder}/", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)
        .Select(name => Read(name[Root.Length..]));
}
