using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using DataExchange.Policy.Decisions;
using DataExchange.Policy.Model;

namespace DataExchange.Policy.Transforms;

/// <summary>Releases a value as the agreement says: whole, or less than it. Values have been checked against the field's type before.</summary>
public static class FieldTransformer
{
    /// <summary>Reads the value the reader stands on and writes what may leave. Null stays null, except for <see cref="FieldTransform.Boolean"/>, where it means no.</summary>
    /// <exception cref="InvalidOperationException">The field's transform is none: nothing may be written by default.</exception>
    /// <exception cref="FormatException">The value does not suit the transform.</exception>
    public static void Write(ref Utf8JsonReader value, PermittedField field, Utf8JsonWriter output)
    {
        if (value.TokenType == JsonTokenType.Null && field.Transform is FieldTransform.Full or FieldTransform.Mask or FieldTransform.YearOnly or FieldTransform.Range)
        {
            output.WriteNullValue();
            return;
        }

        switch (field.Transform)
        {
            case FieldTransform.Full:
                WriteFull(ref value, output);
                break;
            case FieldTransform.Mask:
                output.WriteStringValue(Mask(Text(in value)));
                break;
            case FieldTransform.YearOnly:
                output.WriteNumberValue(DateOnly.ParseExact(Text(in value), "yyyy-MM-dd", CultureInfo.InvariantCulture).Year);
                break;
            case FieldTransform.Range:
                output.WriteStringValue(Band(Number(in value), field.RangeWidth ?? throw new InvalidOperationException($"Field '{field.Name}' has no band width.")));
                break;
            case FieldTransform.Boolean:
                output.WriteBooleanValue(value.TokenType is not (JsonTokenType.Null or JsonTokenType.False));
                break;
            default:
                throw new InvalidOperationException($"Field '{field.Name}' has no transform, so nothing of it may leave.");
        }
    }

    /// <summary>
    /// Replaces all but the outermost characters by <c>*</c>: up to three keep the first, up to six the first and the last, longer ones
    /// three in front and two behind. Counts Unicode scalar values, so no surrogate pair is split.
    /// </summary>
    public static string Mask(string value)
    {
        var runes = value.EnumerateRunes().ToArray();
        var (front, back) = runes.Length switch { <= 1 => (0, 0), <= 3 => (1, 0), <= 6 => (1, 1), _ => (3, 2) };
        var masked = new StringBuilder(value.Length);
        for (var i = 0; i < runes.Length; i++)
        {
            masked.Append(i < front || i >= runes.Length - back ? runes[i].ToString() : "*");
        }

        return masked.ToString();
    }

    /// <summary>The half-open band of that width that holds the value: <c>[5000,10000)</c>.</summary>
    /// <exception cref="FormatException">The band lies beyond what can be reckoned exactly.</exception>
    public static string Band(decimal value, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (decimal.Abs(value) > decimal.MaxValue - (2m * width))
        {
            throw new FormatException("The number is too large for a band.");
        }

        // Whole numbers and a remainder: a quotient of a tiny negative number would be rounded to zero, one band too high.
        var whole = decimal.Floor(value);
        var above = whole % width;
        var from = whole - (above < 0 ? above + width : above);
        return string.Create(CultureInfo.InvariantCulture, $"[{from:0},{from + width:0})");
    }

    private static void WriteFull(ref Utf8JsonReader value, Utf8JsonWriter output)
    {
        switch (value.TokenType)
        {
            case JsonTokenType.String when !value.ValueIsEscaped && !value.HasValueSequence && Utf8.IsValid(value.ValueSpan):
                output.WriteStringValue(value.ValueSpan);
                break;
            case JsonTokenType.String:
                output.WriteStringValue(Text(in value));
                break;
            case JsonTokenType.Number when value.HasValueSequence:
                output.WriteRawValue(value.ValueSequence, skipInputValidation: true);
                break;
            case JsonTokenType.Number:
                output.WriteRawValue(value.ValueSpan, skipInputValidation: true);
                break;
            case JsonTokenType.True or JsonTokenType.False:
                output.WriteBooleanValue(value.GetBoolean());
                break;
            default:
                throw new FormatException("Only single values can be released.");
        }
    }

    private static decimal Number(ref readonly Utf8JsonReader value) => value.TokenType == JsonTokenType.Number && value.TryGetDecimal(out var number)
        ? number
        : throw new FormatException("Not a number, or none that can be reckoned exactly.");

    private static string Text(ref readonly Utf8JsonReader value)
    {
        try
        {
            return value.GetString() ?? throw new FormatException("Not a text.");
        }
        catch (InvalidOperationException exception)
        {
            // How the reader says that this is no text, or that its bytes or escapes make none: a lone surrogate, broken UTF-8.
            throw new FormatException("Not a well-formed text.", exception);
        }
    }
}
