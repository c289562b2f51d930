using System.Buffers;
using System.Text.Unicode;

namespace DataExchange.Contracts.Log;

/// <summary>Strings as RFC 8785 §3.2.2.2 writes them: only what must be escaped is, the rest is plain UTF-8.</summary>
internal static class CanonicalJsonString
{
    private static readonly SearchValues<char> Escaped = SearchValues.Create(
        "\"\\\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u0009\u000a\u000b\u000c\u000d\u000e\u000f"
        + "\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f");

    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<char> value)
    {
        output.Write("\""u8);
        while (true)
        {
            var plain = value.IndexOfAny(Escaped);
            WritePlain(output, plain < 0 ? value : value[..plain]);
            if (plain < 0)
            {
                break;
            }

            WriteEscape(output, value[plain]);
            value = value[(plain + 1)..];
        }

        output.Write("\""u8);
    }

    private static void WritePlain(IBufferWriter<byte> output, ReadOnlySpan<char> value)
    {
        if (value.IsEmpty)
        {
            return;
        }

        // A UTF-16 code unit becomes at most three bytes; a pair of them, four.
        var destination = output.GetSpan(checked(value.Length * 3));
        if (Utf8.FromUtf16(value, destination, out _, out var written, replaceInvalidSequences: false) != OperationStatus.Done)
        {
            throw new FormatException("A string has a lone surrogate.");
        }

        output.Advance(written);
    }

    private static void WriteEscape(IBufferWriter<byte> output, char character)
    {
        const string hex = "0123456789abcdef";
        output.Write(character switch
        {
            '"' => "\\\""u8,
            '\\' => "\\\\"u8,
            '\b' => "\\b"u8,
            '\t' => "\\t"u8,
            '\n' => "\\n"u8,
            '\f' => "\\f"u8,
            '\r' => "\\r"u8,
            _ => [(byte)'\\', (byte)'u', (byte)'0', (byte)'0', (byte)hex[character >> 4], (byte)hex[character & 15]],
        });
    }
}
