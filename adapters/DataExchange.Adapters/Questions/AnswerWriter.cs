using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using DataExchange.Adapters.Records;
using DataExchange.Contracts.Providers;
using Microsoft.AspNetCore.Http;

namespace DataExchange.Adapters.Questions;

/// <summary>Writes a <see cref="ProviderAnswer"/> straight from the values: no JSON tree in between.</summary>
internal static class AnswerWriter
{
    // Relaxed: Chinese text stays readable and short. The answer is application/json and never part of a page.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static async Task WriteAsync(HttpContext context, ProviderQuery query, SourceQuestion question, SourceRecord record)
    {
        var body = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(body, Options))
        {
            Write(writer, query, question, record);
        }

        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.WrittenCount;
        await context.Response.Body.WriteAsync(body.WrittenMemory, context.RequestAborted);
    }

    private static void Write(Utf8JsonWriter writer, ProviderQuery query, SourceQuestion question, SourceRecord record)
    {
        writer.WriteStartObject();
        writer.WriteString("dataset"u8, question.Dataset.Code);
        writer.WriteNumber("revision"u8, query.Revision);
        writer.WriteStartObject("subject"u8);
        writer.WriteString("scheme"u8, question.Dataset.SubjectScheme);
        writer.WriteString("value"u8, record.Subject);
        writer.WriteEndObject();
        writer.WriteStartObject("record"u8);
        for (var i = 0; i < question.Fields.Count; i++)
        {
            writer.WritePropertyName(question.Fields[i].Name);
            record.Values[i].WriteTo(writer);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
