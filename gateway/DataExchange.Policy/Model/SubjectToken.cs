using System.Text.Json;
using System.Text.Json.Serialization;

namespace DataExchange.Policy.Model;

/// <summary>32 bytes that stand for a subject: the output of the VRF over the subject id. Only the operator and the subject can compute it.</summary>
/// <param name="Value">Lower-case hex, 64 characters.</param>
[JsonConverter(typeof(Converter))]
public readonly record struct SubjectToken(string Value)
{
    public override string ToString() => Value;

    internal sealed class Converter : JsonConverter<SubjectToken>
    {
        public override SubjectToken Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetString() is { Length: 64 } hex && hex.All(char.IsAsciiHexDigitLower)
                ? new SubjectToken(hex)
                : throw new JsonException("A subject token is 64 lower-case hexadecimal digits.");

        public override void Write(Utf8JsonWriter writer, SubjectToken value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
    }
}
