using System.Text.Json;

namespace DataExchange.Merkle.Tests;

/// <summary>The vectors under <c>contracts/vectors</c>, as they lie beside the test assembly.</summary>
internal static class Vectors
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private static string Root => Path.Combine(AppContext.BaseDirectory, "vectors");

    public static TheoryData<string> Files(string folder)
    {
        var files = Directory.EnumerateFiles(Path.Combine(Root, folder), "*.json", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root, file)).Order(StringComparer.Ordinal);
        return [.. files];
    }

    public static T Read<T>(string file) => JsonSerializer.Deserialize<T>(File.ReadAllBytes(Path.Combine(Root, file)), Json)!;
}
