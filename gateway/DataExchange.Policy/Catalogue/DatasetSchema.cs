using System.Text.Encodings.Web;
using System.Text.Json;
using DataExchange.Policy.Model;

namespace DataExchange.Policy.Catalogue;

/// <summary>
/// The JSON Schema (2020-12) of what is released of a dataset revision: an object with any of its fields, each a value that one of the
/// field's transforms makes. Which fields, and by which transform, is for the agreement to say. Made from the fields alone, so the same
/// revision has the same bytes wherever it is made.
/// </summary>
public static class DatasetSchema
{
    /// <summary>Media type of a schema.</summary>
    public const string MediaType = "application/schema+json";

    private const string Dialect = "https://json-schema.org/draft/2020-12/schema";
    private const string DatePattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";
    private const string BandPattern = @"^\[-?[0-9]+,-?[0-9]+\)$";

    /// <summary>2⁵³ − 1: what a receiver that reads numbers as doubles can tell apart (RFC 7493 §2.2).</summary>
    private const long MaxSafeInteger = 9_007_199_254_740_991;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Identifier of a revision's schema: <c>urn:data-exchange:schema:{member}:{name}:{revision}</c>.</summary>
    public static string IdOf(Dataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        return $"urn:data-exchange:schema:{dataset.Code.Replace('/', ':')}:{dataset.Revision}";
    }

    /// <summary>The schema, UTF-8.</summary>
    public static byte[] Write(Dataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        using var output = new MemoryStream();
        using (var json = new Utf8JsonWriter(output, Options))
        {
            json.WriteStartObject();
            json.WriteString("$schema", Dialect);
            json.WriteString("$id", IdOf(dataset));
            WriteTexts(json, dataset.Names, dataset.Descriptions);
            json.WriteString("type", "object");
            json.WriteStartObject("properties");
            foreach (var field in dataset.Fields)
            {
                json.WriteStartObject(field.Name);
                WriteField(json, field);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteNumber("minProperties", 1);
            json.WriteBoolean("additionalProperties", false);
            json.WriteEndObject();
        }

        return output.ToArray();
    }

    private static void WriteTexts(Utf8JsonWriter json, LocalizedText? names, LocalizedText? descriptions)
    {
        Write("title", names);
        Write("description", descriptions);

        void Write(string keyword, LocalizedText? text)
        {
            if (text is { Count: > 0 })
            {
                json.WriteString(keyword, string.Join(" / ", text.OrderByDescending(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value)));
            }
        }
    }

    private static void WriteField(Utf8JsonWriter json, DatasetField field)
    {
        WriteTexts(json, field.Names, null);
        json.WriteString("$comment", field.Sensitive ? field.Category + ", sensitive" : field.Category);
        if (field.Transforms is [var only])
        {
            WriteReleased(json, field, only);
            return;
        }

        json.WriteStartArray("anyOf");
        foreach (var transform in field.Transforms)
        {
            json.WriteStartObject();
            json.WriteString("title", transform.ToString());
            WriteReleased(json, field, transform);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteReleased(Utf8JsonWriter json, DatasetField field, FieldTransform transform)
    {
        switch (transform)
        {
            case FieldTransform.Full:
                WriteFull(json, field);
                break;
            case FieldTransform.Mask:
                WriteType(json, "string", field.Nullable);
                json.WriteNumber("maxLength", field.MaxLength);
                break;
            case FieldTransform.YearOnly:
                WriteType(json, "integer", field.Nullable);
                json.WriteNumber("minimum", 1);
                json.WriteNumber("maximum", 9999);
                break;
            case FieldTransform.Range:
                WriteType(json, "string", field.Nullable);
                json.WriteString("pattern", BandPattern);
                break;
            case FieldTransform.Boolean:
                // No value is a "no" here, never a null.
                WriteType(json, "boolean", isNullable: false);
                break;
            default:
                throw new InvalidOperationException($"Nothing is released of '{field.Name}' by the transform {transform}.");
        }
    }

    private static void WriteFull(Utf8JsonWriter json, DatasetField field)
    {
        switch (field.Type)
        {
            case FieldType.String:
                WriteType(json, "string", field.Nullable);
                json.WriteNumber("maxLength", field.MaxLength);
                break;
            case FieldType.Date:
                WriteType(json, "string", field.Nullable);
                json.WriteString("format", "date");
                json.WriteString("pattern", DatePattern);
                break;
            case FieldType.Integer:
                WriteType(json, "integer", field.Nullable);
                json.WriteNumber("minimum", -MaxSafeInteger);
                json.WriteNumber("maximum", MaxSafeInteger);
                break;
            case FieldType.Number:
                WriteType(json, "number", field.Nullable);
                break;
            case FieldType.Boolean:
                WriteType(json, "boolean", field.Nullable);
                break;
            default:
                throw new InvalidOperationException($"'{field.Name}' has the unknown type {field.Type}.");
        }
    }

    private static void WriteType(Utf8JsonWriter json, string type, bool isNullable)
    {
        if (!isNullable)
        {
            json.WriteString("type", type);
            return;
        }

        json.WriteStartArray("type");
        json.WriteStringValue(type);
        json.WriteStringValue("null");
        json.WriteEndArray();
    }
}
