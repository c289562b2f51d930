using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using DataExchange.Enforcement.Buffers;
using DataExchange.Enforcement.Exchanges;
using DataExchange.Enforcement.Records;

namespace DataExchange.Enforcement.Answers;

/// <summary>Writes a <c>RecordAnswer</c>: the projected record as it was logged, and the receipt of its release.</summary>
internal static class AnswerWriter
{
    // The body is read by a JSON parser, never pasted into a page: what only HTML would need escaped may stand as it is.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static void Write(PooledBuffer output, Judgement judgement, long intent, ProjectedRecord projected, LoggedRecord released)
    {
        using var writer = new Utf8JsonWriter(output, Options);
        writer.WriteStartObject();
        writer.WriteString("dataset"u8, judgement.Request.Dataset);
        writer.WriteNumber("revision"u8, judgement.Dataset!.Revision);
        writer.WritePropertyName("record"u8);
        writer.WriteRawValue(projected.Json.Span, skipInputValidation: true);
        writer.WriteStartArray("withheld"u8);
        foreach (var (field, reason) in projected.Withheld)
        {
            writer.WriteStartObject();
            writer.WriteString("field"u8, field);
            writer.WriteString("reason"u8, reason);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteString("decision"u8, intent.ToString(CultureInfo.InvariantCulture));
        writer.WritePropertyName("receipt"u8);
        ReceiptWriter.Write(writer, released);
        writer.WriteEndObject();
    }
}
