using System.Buffers;

namespace DataExchange.Policy.Model;

/// <summary>Syntax of codes.</summary>
public static class Codes
{
    private static readonly SearchValues<char> CodeCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");
    private static readonly SearchValues<char> FieldCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

    /// <summary>A code: 2 to 63 lower-case letters, digits and hyphens, with a letter first and no hyphen last.</summary>
    public static bool IsCode(ReadOnlySpan<char> value) =>
        value.Length is >= 2 and <= 63
        && char.IsAsciiLetterLower(value[0]) && value[^1] != '-'
        && !value.ContainsAnyExcept(CodeCharacters);

    /// <summary>A dataset code: <c>{member}/{name}</c>.</summary>
    public static bool IsDatasetCode(ReadOnlySpan<char> value) =>
        value.IndexOf('/') is var slash and > 0 && IsCode(value[..slash]) && IsCode(value[(slash + 1)..]);

    /// <summary>A field name: 1 to 63 letters, digits and underscores, a lower-case letter first.</summary>
    public static bool IsFieldName(ReadOnlySpan<char> value) =>
        value.Length is >= 1 and <= 63 && char.IsAsciiLetterLower(value[0])
        && !value.ContainsAnyExcept(FieldCharacters);
}
