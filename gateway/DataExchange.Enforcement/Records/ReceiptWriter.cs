using System.Text.Json;

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
        writer.WriteString("proof"u8, logged.Proof());
        writer.WriteEndObject();
    }
}
