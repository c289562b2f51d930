namespace DataExchange.Merkle;

/// <summary>Names of note keys: non-empty, no Unicode space, no plus. Keys that we know have no control character either, and at most 255 characters.</summary>
internal static class NoteKeyName
{
    public const int MaxLength = 255;

    /// <summary>Whether a key that we know can have this name.</summary>
    public static bool IsValid(ReadOnlySpan<char> name)
    {
        foreach (var c in name)
        {
            if (char.IsControl(c))
            {
                return false;
            }
        }

        return name.Length <= MaxLength && IsAnyKeys(name) && Utf8.IsEncodable(name);
    }

    /// <summary>Whether any key can have this name: C2SP signed-note asks for no more, and lines of unknown keys must not spoil a note.</summary>
    public static bool IsAnyKeys(ReadOnlySpan<char> name)
    {
        foreach (var c in name)
        {
            if (char.IsWhiteSpace(c) || c == '+')
            {
                return false;
            }
        }

        return name.Length > 0;
    }

    /// <exception cref="ArgumentException">Not a name.</exception>
    public static void Require(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!IsValid(name))
        {
            throw new ArgumentException($"'{name}' is not a key name: 1 to {MaxLength} characters, no spaces, no '+'.", nameof(name));
        }
    }
}
