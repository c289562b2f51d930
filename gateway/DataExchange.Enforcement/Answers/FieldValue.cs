using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using DataExchange.Policy.Model;

namespace DataExchange.Enforcement.Answers;

/// <summary>Holds one JSON value against its field's description.</summary>
internal static class FieldValue
{
    private const int DateLength = 10;

    /// <summary>2⁵³ − 1: beyond it a reader's double may name the neighbour (RFC 7493 §2.2).</summary>
    private const long MaxSafeInteger = 9_007_199_254_740_991;

    public static bool IsAllowed(ReadOnlySpan<byte> token, DatasetField field)
    {
        var reader = new Utf8JsonReader(token);
        reader.Read();
        return reader.TokenType == JsonTokenType.Null
            ? field.Nullable
            : field.Type switch
            {
                FieldType.String => reader.TokenType == JsonTokenType.String && IsText(ref reader, field.MaxLength),
                FieldType.Date => reader.TokenType == JsonTokenType.String && IsDate(ref reader),
                FieldType.Integer => reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var integer) && integer is >= -MaxSafeInteger and <= MaxSafeInteger,
                FieldType.Number => reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var number) && double.IsFinite(number),
                FieldType.Boolean => reader.TokenType is JsonTokenType.True or JsonTokenType.False,
                _ => false,
            };
    }

    /// <summary>RFC 3339 full-date.</summary>
    private static bool IsDate(ref Utf8JsonReader reader) =>
        !reader.ValueIsEscaped && reader.ValueSpan.Length == DateLength
        && DateOnly.TryParseExact(reader.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static bool IsText(ref Utf8JsonReader reader, int maxLength) =>
        reader.ValueIsEscaped
            // Throws on half a surrogate pair; the caller takes that for what it is.
            ? CountCharacters(reader.GetString()) <= maxLength
            : Utf8.IsValid(reader.ValueSpan) && CountCharacters(reader.ValueSpan) <= maxLength;

    /// <summary>Unicode scalar values: every byte of UTF-8 that does not continue another.</summary>
    private static int CountCharacters(ReadOnlySpan<byte> utf8)
    {
        var count = 0;
        foreach (var b in utf8)
        {
            count += (b & 0xC0) == 0x80 ? 0 : 1;
        }

        return count;
    }

    private static int CountCharacters(ReadOnlySpan<char> text)
    {
        var count = 0;
        foreach (var c in text)
        {
            count += char.IsLowSurrogate(c) ? 0 : 1;
        }

        return count;
    }
}
