using System.Text.Json;
using DataExchange.Adapters.Fields;
using DataExchange.Adapters.Records;

namespace DataExchange.Adapters.Rest.Answers;

/// <summary>Reads the service's answer strictly and takes from it the fields asked for.</summary>
internal sealed class AnswerReader
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    private readonly JsonPointer _subject;
    private readonly Dictionary<string, JsonPointer> _fields;

    public AnswerReader(RestDataset dataset)
    {
        _subject = dataset.Subject;
        _fields = dataset.Map.Fields.ToDictionary(
            field => field.Name,
            field => JsonPointer.TryParse(field.From, out var pointer) ? pointer : throw new ArgumentException($"Field {field.Name}: {JsonPointer.Form}"),
            StringComparer.Ordinal);
    }

    public SourceRecord Read(ReadOnlyMemory<byte> body, IReadOnlyList<FieldMap> fields)
    {
        try
        {
            using var document = JsonDocument.Parse(body, Strict);
            return new SourceRecord(Subject(document.RootElement), [.. fields.Select(field => Value(document.RootElement, field))]);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Not JSON, a name twice, or a text with half a surrogate pair. The message may quote the answer.
            throw SourceException.SchemaViolation("The service's answer is not well-formed JSON.", exception);
        }
    }

    private string Subject(JsonElement answer) =>
        _subject.TryFind(answer, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()!
            : throw SourceException.SchemaViolation("The service's answer does not say whose record it is.");

    private FieldValue Value(JsonElement answer, FieldMap field) =>
        !_fields[field.Name].TryFind(answer, out var json) ? FieldValue.Null
            : JsonConversion.TryRead(field, json, out var value) ? value
            : throw SourceException.SchemaViolation($"The service's answer does not hold what the mapping says for field {field.Name}.");
}
