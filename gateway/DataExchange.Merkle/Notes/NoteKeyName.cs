namespace DataExchange.Merkle;

/// <summary>Names of note keys: non-empty, no Unicode space, no plus, no control character.</summary>
internal static class NoteKeyName
{
    public const int MaxLength = 255;

    public static bool IsValid(ReadOnlySpan<char> name)
    {
        foreach (var c in name)
        {
            if (char.IsWhiteSpace(c) || char.IsControl(c) || c == '+')
            {
                return false;
            }
        }

        return name.Length is > 0 and <= MaxLength && Utf8.IsEncodable(name);
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
