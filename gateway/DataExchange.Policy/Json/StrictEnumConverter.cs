using System.Text.Json;
using System.Text.Json.Serialization;

namespace DataExchange.Policy.Json;

/// <summary>An enum by its exact name: no numbers, no other case, no lists of names.</summary>
public sealed class StrictEnumConverter<TEnum> : JsonConverter<TEnum> where TEnum : struct, Enum
{
    public override TEnum Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String && reader.GetString() is { } name)
        {
            foreach (var value in Enum.GetValues<TEnum>())
            {
                if (name == value.ToString())
                {
                    return value;
                }
            }
        }

        throw new JsonException($"Expected one of {string.Join(", ", Enum.GetNames<TEnum>())}.");
    }

    public override void Write(Utf8JsonWriter writer, TEnum value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
