using System.Text.Json;
using System.Text.Json.Serialization;

namespace DataExchange.Policy.Json;

/// <summary>A moment by RFC 3339, always with its offset: without one it would be another moment on every machine, and no decision could be replayed.</summary>
internal sealed class InstantConverter : JsonConverter<DateTimeOffset>
{
    /// <summary>Shortest form: <c>2026-01-01T00:00:00Z</c>.</summary>
    private const int MinLength = 20;

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && reader.GetString() is { Length: >= MinLength } text && HasOffset(text)
            && reader.TryGetDateTimeOffset(out var value)
                ? value
                : throw new JsonException("Expected a time with its offset by RFC 3339, for instance 2026-01-01T00:00:00Z.");

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    private static bool HasOffset(string text) => text[^1] == 'Z' || (text[^6] is '+' or '-' && text[^3] == ':');
}
