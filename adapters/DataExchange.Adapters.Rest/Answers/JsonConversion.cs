using System.Text.Json;
using DataExchange.Adapters.Fields;

namespace DataExchange.Adapters.Rest.Answers;

/// <summary>Reads a JSON value as the type that the mapping states.</summary>
internal static class JsonConversion
{
    public static bool TryRead(FieldMap field, JsonElement json, out FieldValue value)
    {
        value = default;
        switch (json.ValueKind)
        {
            case JsonValueKind.Null:
                return true;
            case JsonValueKind.String:
                return FieldConversion.TryFromText(field, json.GetString()!, out value);
            case JsonValueKind.True or JsonValueKind.False when field.Type == FieldType.Boolean:
                value = FieldValue.Boolean(json.GetBoolean());
                return true;
            case JsonValueKind.Number when field.Type != FieldType.Date && json.TryGetDecimal(out var number):
                return FieldConversion.TryFromObject(field, number, out value);
            default:
                return false;
        }
    }
}
