using System.Buffers;
using System.Text.Unicode;

namespace DataExchange.Contracts.Log;

/// <summary>Strings as RFC 8785 §3.2.2.2 writes them: only what must be escaped is, the rest is plain UTF-8.</summary>
internal static class CanonicalJsonString
{
    private static readonly SearchValues<char> Escaped = SearchValues.Create(
        "\"\\\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u0009\u000a\u000b\u000c\u000d\u000e\u000f"
        + "\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f");

    /// <summary>Writes a string, with a byte before and a byte after it where they are not zero: a comma, a colon.</summary>
    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<char> value, byte before, byte after)
    {
        // A UTF-16 code unit becomes at most three bytes (a pair of them, four), and escaped at most six.
        var plain = value.IndexOfAny(Escaped) < 0;
        var destination = output.GetSpan(checked((value.Length * (plain ? 3 : 6)) + 4));
        var at = 0;
        if (before != 0)
        {
            destination[at++] = before;
        }

        destination[at++] = (byte)'"';
        at += plain ? Transcode(value, destination[at..]) : Escape(value, destination[at..]);
        destination[at++] = (byte)'"';
        if (after != 0)
        {
            destination[at++] = after;
        }

        output.Advance(at);
    }

    private static int Escape(ReadOnlySpan<char> value, Span<byte> destination)
    {
        var at = 0;
        while (value.IndexOfAny(Escaped) is var next and >= 0)
        {
            at += Transcode(value[..next], destination[at..]);
            var escape = EscapeOf(value[next]);
            escape.CopyTo(destination[at..]);
            at += escape.Length;
            value = value[(next + 1)..];
        }

        return at + Transcode(value, destination[at..]);
    }

    private static int Transcode(ReadOnlySpan<char> value, Span<byte> destination) =>
        Utf8.FromUtf16(value, destination, out _, out var written, replaceInvalidSequences: false) == OperationStatus.Done
            ? written
            : throw new FormatException("A string has a lone surrogate.");

    private static ReadOnlySpan<byte> EscapeOf(char character)
    {
        const string hex = "0123456789abcdef";
        return character switch
        {
            '"' => "\\\""u8,
            '\\' => "\\\\"u8,
            '\b' => "\\b"u8,
            '\t' => "\\t"u8,
            '\n' => "\\n"u8,
            '\f' => "\\f"u8,
            '\r' => "\\r"u8,
            _ => (byte[])[(byte)'\\', (byte)'u', (byte)'0', (byte)'0', (byte)hex[character >> 4], (byte)hex[character & 15]],
        };
    }
}
