namespace DataExchange.Contracts.Log;

/// <summary>Name and value in one call.</summary>
public static class CanonicalJsonMembers
{
    /// <summary>A string member.</summary>
    public static void WriteString(this CanonicalJsonWriter writer, string name, ReadOnlySpan<char> value)
    {
        writer.WritePropertyName(name);
        writer.WriteStringValue(value);
    }

    /// <summary>A string member, or none where the value is null.</summary>
    public static void WriteStringIfPresent(this CanonicalJsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    /// <summary>An integer member.</summary>
    public static void WriteNumber(this CanonicalJsonWriter writer, string name, long value)
    {
        writer.WritePropertyName(name);
        writer.WriteNumberValue(value);
    }

    /// <summary>A boolean member.</summary>
    public static void WriteBoolean(this CanonicalJsonWriter writer, string name, bool value)
    {
        writer.WritePropertyName(name);
        writer.WriteBooleanValue(value);
    }

    /// <summary>A member with bytes in base64.</summary>
    public static void WriteBase64String(this CanonicalJsonWriter writer, string name, ReadOnlySpan<byte> value)
    {
        writer.WritePropertyName(name);
        writer.WriteBase64StringValue(value);
    }

    /// <summary>A member with an array of strings, in the order given.</summary>
    public static void WriteStrings(this CanonicalJsonWriter writer, string name, IReadOnlyList<string> values)
    {
        writer.WritePropertyName(name);
        writer.WriteStartArray();
        for (var i = 0; i < values.Count; i++)
        {
            writer.WriteStringValue(values[i]);
        }

        writer.WriteEndArray();
    }
}
