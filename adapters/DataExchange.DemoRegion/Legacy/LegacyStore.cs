using System.Collections.Frozen;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace DataExchange.DemoRegion.Legacy;

/// <summary>The store behind an existing JSON service: one document a line, held in memory while the service runs.</summary>
internal sealed class LegacyStore
{
    private static readonly JsonSerializerOptions s_options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    private readonly FrozenDictionary<string, string> _documents;

    private LegacyStore(FrozenDictionary<string, string> documents) => _documents = documents;

    public static void Write(string path, IEnumerable<LegacyDocument> documents)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var writer = new StreamWriter(path, append: false, new UTF8Encoding(false)) { NewLine = "\n" };
        writer.WriteLine(new JsonObject { ["about"] = Synthetic.Note }.ToJsonString(s_options));
        foreach (var document in documents)
        {
            writer.WriteLine(document.Content.ToJsonString(s_options));
        }
    }

    public static async Task<LegacyStore> OpenAsync(string path, CancellationToken cancellationToken)
    {
        var lines = await File.ReadAllLinesAsync(path, cancellationToken);
        return new LegacyStore(lines.Skip(1).ToFrozenDictionary(Number, StringComparer.Ordinal));
    }

    /// <summary>The document as it is stored, or null.</summary>
    public string? Find(string number) => _documents.GetValueOrDefault(number);

    private static string Number(string line)
    {
        using var document = JsonDocument.Parse(line);
        return document.RootElement.GetProperty("sfzh").GetString()!;
    }
}
