using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace DataExchange.Adapters.Rest.Answers;

/// <summary>A JSON pointer (RFC 6901).</summary>
public sealed class JsonPointer
{
    /// <summary>What a pointer has to look like.</summary>
    public const string Form = "Use a JSON pointer (RFC 6901): /name/inner, /list/0; write ~1 for a slash and ~0 for a tilde inside a name.";

    /// <summary>Points at the whole document.</summary>
    public static readonly JsonPointer Root = new([]);

    private readonly string[] _tokens;

    private JsonPointer(string[] tokens) => _tokens = tokens;

    /// <summary>Reads a pointer to something inside a document.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out JsonPointer? pointer)
    {
        pointer = null;
        if (!text.StartsWith('/'))
        {
            return false;
        }

        var tokens = text[1..].Split('/');
        if (tokens.Any(token => token.Replace("~0", "", StringComparison.Ordinal).Replace("~1", "", StringComparison.Ordinal).Contains('~', StringComparison.Ordinal)))
        {
            return false;
        }

        // ~1 before ~0, or ~01 would turn into a slash (§4).
        pointer = new JsonPointer([.. tokens.Select(token => token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))]);
        return true;
    }

    /// <summary>Finds what it points at; false when there is nothing.</summary>
    public bool TryFind(JsonElement document, out JsonElement value)
    {
        value = document;
        foreach (var token in _tokens)
        {
            if (!(value.ValueKind == JsonValueKind.Object ? value.TryGetProperty(token, out value) : TryItem(value, token, out value)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryItem(JsonElement list, string token, out JsonElement item)
    {
        item = default;
        if (list.ValueKind != JsonValueKind.Array || (token.Length > 1 && token[0] == '0')
            || !int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var index) || index >= list.GetArrayLength())
        {
            return false;
        }

        item = list[index];
        return true;
    }
}
