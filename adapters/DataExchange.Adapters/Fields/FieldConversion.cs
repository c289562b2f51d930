using System.Globalization;

namespace DataExchange.Adapters.Fields;

/// <summary>Reads what a back end holds as the type that the mapping states. Nothing is guessed: what does not fit is refused.</summary>
public static class FieldConversion
{
    private const NumberStyles PlainNumber = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;

    /// <summary>Reads a value that the back end writes as text.</summary>
    public static bool TryFromText(FieldMap field, string text, out FieldValue value)
    {
        value = default;
        switch (field.Type)
        {
            case FieldType.Text:
                value = FieldValue.Text(text);
                return true;
            case FieldType.Boolean:
                return TryBoolean(field.Format, text, out value);
            case FieldType.Date:
                if (!DateOnly.TryParseExact(text, field.Format ?? "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
                {
                    return false;
                }

                value = FieldValue.Date(date);
                return true;
            default:
                return decimal.TryParse(text, PlainNumber, CultureInfo.InvariantCulture, out var number) && TryNumber(field.Type, number, out value);
        }
    }

    /// <summary>Reads a value that a database driver handed over.</summary>
    public static bool TryFromObject(FieldMap field, object? raw, out FieldValue value)
    {
        value = default;
        switch (raw)
        {
            case null or DBNull:
                return true;
            case string text:
                return TryFromText(field, text, out value);
            case bool truth when field.Type == FieldType.Boolean:
                value = FieldValue.Boolean(truth);
                return true;
            case DateTime or DateTimeOffset or DateOnly when field.Type == FieldType.Date:
                value = FieldValue.Date(Day(raw));
                return true;
            case sbyte or byte or short or ushort or int or uint or long or ulong or decimal:
                return TryFromNumber(field, Convert.ToDecimal(raw, CultureInfo.InvariantCulture), out value);
            case float or double:
                return TryFromDouble(field, raw, out value);
            case Guid id when field.Type == FieldType.Text:
                value = FieldValue.Text(id.ToString());
                return true;
            default:
                return false;
        }
    }

    /// <summary>Whether a boolean's format names two different words with one bar between.</summary>
    public static bool IsBooleanFormat(string format) =>
        format.Split('|') is [{ Length: > 0 } yes, { Length: > 0 } no] && yes != no;

    private static bool TryFromNumber(FieldMap field, decimal number, out FieldValue value)
    {
        switch (field.Type)
        {
            case FieldType.Text:
                value = FieldValue.Text(number.ToString(CultureInfo.InvariantCulture));
                return true;
            case FieldType.Boolean when number is 0 or 1:
                value = FieldValue.Boolean(number == 1);
                return true;
            default:
                return TryNumber(field.Type, number, out value);
        }
    }

    // Binary fractions are read by their shortest decimal form, so that 0.1 stays 0.1; one beyond decimal's range does not fit.
    private static bool TryFromDouble(FieldMap field, object raw, out FieldValue value)
    {
        value = default;
        var text = ((IFormattable)raw).ToString("R", CultureInfo.InvariantCulture);
        return decimal.TryParse(text, PlainNumber | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number)
            && TryFromNumber(field, number, out value);
    }

    private static bool TryNumber(FieldType type, decimal number, out FieldValue value)
    {
        value = type == FieldType.Number ? FieldValue.Number(number) : default;
        return type == FieldType.Number || (type == FieldType.Integer && FieldValue.TryInteger(number, out value));
    }

    private static bool TryBoolean(string? format, string text, out FieldValue value)
    {
        var bar = format?.IndexOf('|', StringComparison.Ordinal) ?? 0;
        bool? truth = format is null
            ? text switch { "true" or "1" => true, "false" or "0" => false, _ => null }
            : text == format[..bar] ? true : text == format[(bar + 1)..] ? false : null;
        value = truth is { } known ? FieldValue.Boolean(known) : default;
        return truth is not null;
    }

    private static DateOnly Day(object raw) => raw switch
    {
        DateOnly day => day,
        DateTimeOffset instant => DateOnly.FromDateTime(instant.DateTime),
        _ => DateOnly.FromDateTime((DateTime)raw),
    };
}
