using System.Buffers;
using System.Text.Json;

namespace DataExchange.Adapters.Rest.Requests;

/// <summary>A JSON body whose texts may hold the placeholder. It is written anew for each call, so the number is always escaped as JSON asks.</summary>
internal sealed class BodyTemplate
{
    private readonly JsonElement _template;

    /// <exception cref="JsonException">It is not JSON.</exception>
    public BodyTemplate(string json)
    {
        using var document = JsonDocument.Parse(json);
        _template = document.RootElement.Clone();
    }

    public byte[] Fill(string subject)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(body))
        {
            Write(writer, _template, subject);
        }

        return body.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, JsonElement element, string subject)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in element.EnumerateObject())
                {
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value, subject);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                {
                    Write(writer, item, subject);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(element.GetString()!.Replace(RequestTemplate.Placeholder, subject, StringComparison.Ordinal));
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }
}
