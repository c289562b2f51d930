using System.Text.Json;
using DataExchange.Enforcement.Buffers;
using DataExchange.TransparencyLog;

namespace DataExchange.Enforcement.Records;

/// <summary>Writes a <c>Receipt</c> with its opening, without building it first: it holds the record, which is bytes already.</summary>
internal static class ReceiptWriter
{
    public static void Write(Utf8JsonWriter writer, LoggedRecord logged)
    {
        writer.WriteStartObject();
        writer.WriteString("log"u8, logged.Origin);
        writer.WriteNumber("index"u8, logged.Index);
        writer.WriteBase64String("leaf"u8, logged.Entry.Leaf.Span);
        writer.WriteStartObject("opening"u8);
        writer.WriteBase64String("key"u8, logged.Entry.OpeningKey.Span);
        writer.WritePropertyName("record"u8);
        writer.WriteRawValue(logged.Record.Span, skipInputValidation: true);
        writer.WriteEndObject();
        writer.WritePropertyName("proof"u8);
        WriteProof(writer, logged.Result);
        writer.WriteEndObject();
    }

    private static void WriteProof(Utf8JsonWriter writer, AppendResult appended)
    {
        using var json = new PooledBuffer();
        appended.WriteProof(json);
        writer.WriteRawValue(json.Span, skipInputValidation: true);
    }
}
