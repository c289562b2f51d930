using System.Buffers;
using System.Text;
using System.Text.Json;

namespace DataExchange.Contracts.Log;

/// <summary>The JSON canonicalization scheme, JCS (RFC 8785).</summary>
public static class CanonicalJson
{
    // Duplicate names are left to the writer: the parser's own check throws InvalidOperationException on a name with a lone surrogate.
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = CanonicalJsonWriter.MaxDepth };

    /// <summary>The canonical UTF-8 form of a JSON value.</summary>
    /// <exception cref="FormatException">Duplicate names, lone surrogates, a number beyond IEEE 754, or more than <see cref="CanonicalJsonWriter.MaxDepth"/> levels.</exception>
    public static byte[] Canonicalize(JsonElement value)
    {
        var output = new ArrayBufferWriter<byte>();
        new CanonicalJsonWriter(output).WriteValue(value);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>The canonical UTF-8 form of JSON text.</summary>
    /// <inheritdoc cref="Canonicalize(JsonElement)" path="/exception"/>
    /// <exception cref="FormatException">The bytes are not JSON in UTF-8.</exception>
    public static byte[] Canonicalize(ReadOnlySpan<byte> utf8Json)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8Json.ToArray(), Options);
            return Canonicalize(document.RootElement);
        }
        catch (JsonException exception)
        {
            throw new FormatException("Not JSON.", exception);
        }
    }

    /// <inheritdoc cref="Canonicalize(ReadOnlySpan{byte})"/>
    public static byte[] Canonicalize(string json) => Canonicalize(Encoding.UTF8.GetBytes(json));
}
