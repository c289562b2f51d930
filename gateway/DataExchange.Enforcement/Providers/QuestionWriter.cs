using System.Text.Encodings.Web;
using System.Text.Json;
using DataExchange.Enforcement.Buffers;
using DataExchange.Enforcement.Exchanges;
using DataExchange.Enforcement.Records;

namespace DataExchange.Enforcement.Providers;

/// <summary>Writes a <c>ProviderQuery</c>: the permitted fields, and the receipt of the intent that lets the adapter see that the question is logged.</summary>
internal static class QuestionWriter
{
    // The body is read by a JSON parser, never pasted into a page: what only HTML would need escaped may stand as it is.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static void Write(PooledBuffer output, Judgement judgement, LoggedRecord intent)
    {
        using var writer = new Utf8JsonWriter(output, Options);
        writer.WriteStartObject();
        writer.WriteString("dataset"u8, judgement.Request.Dataset);
        writer.WriteNumber("revision"u8, judgement.Dataset!.Revision);
        writer.WriteStartObject("subject"u8);
        writer.WriteString("scheme"u8, judgement.Subject.Scheme);
        writer.WriteString("value"u8, judgement.Subject.Value);
        writer.WriteEndObject();
        writer.WriteStartArray("fields"u8);
        var fields = judgement.Seen.Permitted;
        for (var i = 0; i < fields.Count; i++)
        {
            writer.WriteStringValue(fields[i].Name);
        }

        writer.WriteEndArray();
        writer.WritePropertyName("intent"u8);
        ReceiptWriter.Write(writer, intent);
        writer.WriteEndObject();
    }
}
