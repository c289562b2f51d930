namespace DataExchange.Adapters.Rest;

/// <summary>What may stand in a header (RFC 9110 §5).</summary>
internal static class HeaderForm
{
    public const string NameWayOut = "Use a header name: letters, digits and '-', not one that HTTP itself uses.";

    // Framing and routing belong to the HTTP client, credentials to their own setting.
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "Host", "Connection", "Content-Length", "Content-Type", "Transfer-Encoding", "Upgrade", "TE", "Trailer", "Expect", "Authorization", "Proxy-Authorization", "Cookie",
    };

    public static bool IsName(string name) =>
        name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') && !Reserved.Contains(name);

    /// <summary>Blanks at the ends would be taken off on the way, and leave another value.</summary>
    public static bool IsValue(string value) =>
        value.Trim().Length == value.Length && value.All(c => c is >= ' ' and <= '~');
}
