using System.Diagnostics.CodeAnalysis;

namespace DataExchange.Merkle;

/// <summary>Standard base64 (RFC 4648 §4), canonical only: padded, no white space, no stray bits.</summary>
internal static class Base64
{
    public static bool TryDecode(ReadOnlySpan<char> text, [NotNullWhen(true)] out byte[]? bytes)
    {
        var buffer = new byte[(text.Length / 4 * 3) + 3];
        bytes = Convert.TryFromBase64Chars(text, buffer, out var written) && text.SequenceEqual(Convert.ToBase64String(buffer, 0, written))
            ? buffer[..written]
            : null;
        return bytes is not null;
    }
}
