namespace DataExchange.Adapters.Fields;

/// <summary>What a field holds, and how it is written in JSON.</summary>
public enum FieldType
{
    /// <summary>A JSON string.</summary>
    Text = 0,

    /// <summary>A JSON number without a fraction, at most 2^53 − 1 either way (RFC 7493 §2.2). Map longer numbers as <see cref="Text"/>.</summary>
    Integer,

    /// <summary>A JSON number; kept in decimal, so 0.10 stays 0.10.</summary>
    Number,

    /// <summary>true or false.</summary>
    Boolean,

    /// <summary>A calendar day without a time of day: a JSON string <c>yyyy-MM-dd</c> (RFC 3339 full-date).</summary>
    Date,
}
