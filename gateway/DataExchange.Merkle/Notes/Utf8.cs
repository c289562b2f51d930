using System.Text;

namespace DataExchange.Merkle;

/// <summary>UTF-8 that refuses instead of replacing.</summary>
internal static class Utf8
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="EncoderFallbackException">The text holds half a surrogate pair.</exception>
    public static byte[] Encode(string text) => Strict.GetBytes(text);

    /// <summary>Null when the bytes are not UTF-8.</summary>
    public static string? Decode(ReadOnlySpan<byte> bytes) => System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : null;

    /// <summary>Whether every surrogate has its other half.</summary>
    public static bool IsEncodable(ReadOnlySpan<char> text)
    {
        while (text.IndexOfAnyInRange('\uD800', '\uDFFF') is var i and >= 0)
        {
            if (Rune.DecodeFromUtf16(text[i..], out _, out var used) != System.Buffers.OperationStatus.Done)
            {
                return false;
            }

            text = text[(i + used)..];
        }

        return true;
    }
}
