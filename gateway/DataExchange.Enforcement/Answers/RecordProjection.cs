using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using DataExchange.Contracts.Log;
using DataExchange.Contracts.Records;
using DataExchange.Enforcement.Buffers;
using DataExchange.Enforcement.Exchanges;
using DataExchange.Policy.Decisions;
using DataExchange.Policy.Transforms;

namespace DataExchange.Enforcement.Answers;

/// <summary>Makes of a checked answer what a judgement lets out of it. The judgement may be a later one than the question's: then only what both permit leaves.</summary>
internal static class RecordProjection
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <returns>Null when a transform does not take its value: the provider broke its schema.</returns>
    public static ProjectedRecord? Project(ProviderAnswerValues answer, Judgement asked, Judgement judgement)
    {
        var json = new PooledBuffer();
        try
        {
            var released = new List<PermittedField>(judgement.Decision.Permitted.Count);
            using (var writer = new Utf8JsonWriter(json, Options))
            {
                writer.WriteStartObject();
                foreach (var field in judgement.Decision.Permitted)
                {
                    var value = answer.ValueOf(field.Name);
                    if (value.IsEmpty)
                    {
                        continue;
                    }

                    writer.WritePropertyName(field.Name);
                    if (!TryWrite(value, field, writer))
                    {
                        json.Dispose();
                        return null;
                    }

                    released.Add(field);
                }

                writer.WriteEndObject();
            }

            return new ProjectedRecord(json, released, Withheld(released, asked, judgement), Digest(json.Span, released));
        }
        catch
        {
            json.Dispose();
            throw;
        }
    }

    private static bool TryWrite(ReadOnlySpan<byte> value, PermittedField field, Utf8JsonWriter writer)
    {
        var reader = new Utf8JsonReader(value);
        reader.Read();
        try
        {
            FieldTransformer.Write(ref reader, field, writer);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>What was asked for and does not leave, in the order asked, with the first reason that either judgement gives for it.</summary>
    private static List<WithheldField> Withheld(List<PermittedField> released, Judgement asked, Judgement judgement)
    {
        var requested = judgement.Request.Fields;
        if (released.Count == requested.Count)
        {
            return [];
        }

        var withheld = new List<WithheldField>(requested.Count - released.Count);
        foreach (var name in requested)
        {
            if (!released.Exists(field => field.Name == name))
            {
                withheld.Add(new WithheldField(name, ReasonFor(name, judgement.Decision) ?? ReasonFor(name, asked.Decision)
                    ?? Contracts.Problems.ProblemSlugs.FieldsNotPermitted.Code));
            }
        }

        return withheld;
    }

    private static string? ReasonFor(string field, Decision decision)
    {
        foreach (var reason in decision.Reasons)
        {
            if (reason.Field == field)
            {
                return reason.Code;
            }
        }

        return null;
    }

    /// <summary>SHA-256 of the canonical form: the same values, their members sorted.</summary>
    private static byte[] Digest(ReadOnlySpan<byte> json, List<PermittedField> fields)
    {
        var values = new (string Name, Range Value)[fields.Count];
        var reader = new Utf8JsonReader(json);
        reader.Read();
        for (var i = 0; i < values.Length; i++)
        {
            reader.Read();
            reader.Read();
            values[i] = (fields[i].Name, (int)reader.TokenStartIndex..(int)reader.BytesConsumed);
        }

        Array.Sort(values, static (left, right) => string.CompareOrdinal(left.Name, right.Name));
        using var canonical = new PooledBuffer(json.Length);
        var writer = new CanonicalJsonWriter(canonical);
        writer.WriteStartObject();
        foreach (var (name, value) in values)
        {
            writer.WritePropertyName(name);
            WriteCanonical(writer, json[value]);
        }

        writer.WriteEndObject();
        return SHA256.HashData(canonical.Span);
    }

    private static void WriteCanonical(CanonicalJsonWriter writer, ReadOnlySpan<byte> token)
    {
        var reader = new Utf8JsonReader(token);
        reader.Read();
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                writer.WriteStringValue(reader.GetString());
                break;
            case JsonTokenType.Number:
                writer.WriteNumberValue(reader.GetDouble());
                break;
            case JsonTokenType.True or JsonTokenType.False:
                writer.WriteBooleanValue(reader.GetBoolean());
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }
}
