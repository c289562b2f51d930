using System.Text;
using System.Text.Json;

namespace DataExchange.Contracts.Log;

/// <summary>Writes a parsed value canonically (RFC 8785 §3.2).</summary>
internal static class CanonicalJsonElement
{
    public static void Write(CanonicalJsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(writer, value);
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(Text(value, static v => v.GetString()!));
                break;
            case JsonValueKind.Number:
                // Digits beyond a double's are rounded as RFC 8785 §3.2.2.3 asks; beyond its range the writer refuses the infinity.
                writer.WriteNumberValue(value.TryGetDouble(out var number) ? number : double.NaN);
                break;
            case JsonValueKind.True or JsonValueKind.False:
                writer.WriteBooleanValue(value.ValueKind == JsonValueKind.True);
                break;
            case JsonValueKind.Null:
                writer.WriteNullValue();
                break;
            default:
                throw new FormatException("There is no value.");
        }
    }

    private static void WriteObject(CanonicalJsonWriter writer, JsonElement value)
    {
        var members = new List<(string Name, JsonElement Value)>(value.GetPropertyCount());
        foreach (var member in value.EnumerateObject())
        {
            members.Add((Text(member, static m => m.Name), member.Value));
        }

        members.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        writer.WriteStartObject();
        foreach (var (name, member) in members)
        {
            writer.WritePropertyName(name);
            Write(writer, member);
        }

        writer.WriteEndObject();
    }

    /// <summary>System.Text.Json finds an escaped lone surrogate, and bytes that are not UTF-8, only when the text is asked for.</summary>
    private static string Text<T>(T source, Func<T, string> read)
    {
        try
        {
            return read(source);
        }
        catch (Exception exception) when (exception is InvalidOperationException or DecoderFallbackException)
        {
            throw new FormatException("A string is not Unicode text.", exception);
        }
    }
}
