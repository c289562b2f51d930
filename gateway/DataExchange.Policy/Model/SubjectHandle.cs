using System.Text.Json;
using System.Text.Json.Serialization;

namespace DataExchange.Policy.Model;

/// <summary>
/// The name under which the rules and the registers know a subject: 32 random bytes from the subject vault. It is not the token
/// <c>s</c> of the log format, and without the vault's row it leads neither to the subject id nor to any tag: what stays behind in
/// an old copy of a register when a subject is erased is about nobody.
/// </summary>
/// <param name="Value">Lower-case hex, 64 characters.</param>
[JsonConverter(typeof(Converter))]
public readonly record struct SubjectHandle(string Value)
{
    /// <summary>Length in bytes.</summary>
    public const int Size = 32;

    public override string ToString() => Value;

    internal sealed class Converter : JsonConverter<SubjectHandle>
    {
        public override SubjectHandle Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetString() is { Length: 2 * Size } hex && hex.All(char.IsAsciiHexDigitLower)
                ? new SubjectHandle(hex)
                : throw new JsonException("A subject handle is 64 lower-case hexadecimal digits.");

        public override void Write(Utf8JsonWriter writer, SubjectHandle value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
    }
}
