using System.Text.Json.Serialization;
using DataExchange.Policy.Json;

namespace DataExchange.Policy.Model;

/// <summary>Releases less than the value. <see cref="Full"/> is never the zero value.</summary>
[JsonConverter(typeof(StrictEnumConverter<FieldTransform>))]
public enum FieldTransform
{
    None = 0,
    Full,
    /// <summary>All but the outermost characters replaced by <c>*</c>.</summary>
    Mask,
    /// <summary>The year of a date.</summary>
    YearOnly,
    /// <summary>The half-open band that a number falls in, as text: <c>[5000,10000)</c>.</summary>
    Range,
    /// <summary>Whether there is a value (for Boolean fields: the value).</summary>
    Boolean,
}
