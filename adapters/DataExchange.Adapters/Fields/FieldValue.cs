using System.Globalization;
using System.Text.Json;

namespace DataExchange.Adapters.Fields;

/// <summary>The value of one field: null, or a value of one <see cref="FieldType"/>. The default is null.</summary>
public readonly record struct FieldValue
{
    private const decimal LargestInteger = 9_007_199_254_740_991;

    private readonly FieldType? _type;
    private readonly string? _text;
    private readonly decimal _number;

    private FieldValue(FieldType type, string? text, decimal number)
    {
        _type = type;
        _text = text;
        _number = number;
    }

    /// <summary>The register holds no value.</summary>
    public static FieldValue Null => default;

    /// <summary>Whether there is no value.</summary>
    public bool IsNull => _type is null;

    /// <summary>A text.</summary>
    public static FieldValue Text(string value) => new(FieldType.Text, value, 0);

    /// <summary>A truth.</summary>
    public static FieldValue Boolean(bool value) => new(FieldType.Boolean, null, value ? 1 : 0);

    /// <summary>A number.</summary>
    public static FieldValue Number(decimal value) => new(FieldType.Number, null, value);

    /// <summary>A day.</summary>
    public static FieldValue Date(DateOnly value) => new(FieldType.Date, value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), 0);

    /// <summary>A whole number; false when it has a fraction or is larger than a JSON reader can be trusted with.</summary>
    public static bool TryInteger(decimal value, out FieldValue result)
    {
        var whole = decimal.Truncate(value);
        var fits = whole == value && Math.Abs(whole) <= LargestInteger;
        result = fits ? new FieldValue(FieldType.Integer, null, whole) : Null;
        return fits;
    }

    /// <summary>Whether the value may stand in a field of this type: null may in any.</summary>
    public bool Fits(FieldType type) => _type is null || _type == type;

    /// <summary>Writes the JSON value.</summary>
    public void WriteTo(Utf8JsonWriter writer)
    {
        switch (_type)
        {
            case null:
                writer.WriteNullValue();
                break;
            case FieldType.Text or FieldType.Date:
                writer.WriteStringValue(_text);
                break;
            case FieldType.Boolean:
                writer.WriteBooleanValue(_number != 0);
                break;
            default:
                writer.WriteNumberValue(_number);
                break;
        }
    }

    /// <summary>The type alone: a value is personal data.</summary>
    public override string ToString() => _type?.ToString() ?? "null";
}
