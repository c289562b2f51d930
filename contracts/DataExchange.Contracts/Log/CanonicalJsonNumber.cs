using System.Buffers;
using System.Buffers.Text;
using System.Globalization;

namespace DataExchange.Contracts.Log;

/// <summary>Numbers as RFC 8785 §3.2.2.3 writes them: ECMAScript's <c>Number::toString</c>.</summary>
internal static class CanonicalJsonNumber
{
    /// <summary>2⁵³ − 1.</summary>
    private const long MaxSafeInteger = 9_007_199_254_740_991;

    public static void Write(IBufferWriter<byte> output, long value)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MaxSafeInteger);
        ArgumentOutOfRangeException.ThrowIfLessThan(value, -MaxSafeInteger);
        Utf8Formatter.TryFormat(value, output.GetSpan(20), out var written);
        output.Advance(written);
    }

    public static void Write(IBufferWriter<byte> output, double value)
    {
        if (!double.IsFinite(value))
        {
            throw new FormatException("A number is beyond IEEE 754.");
        }

        if (value == 0)
        {
            output.Write("0"u8); // also for minus zero
            return;
        }

        if (value < 0)
        {
            output.Write("-"u8);
            value = -value;
        }

        // .NET and ECMAScript agree on the digits (the fewest that read back as the same double, the nearest of those), not on the layout.
        Span<byte> digits = stackalloc byte[17];
        var count = ShortestDigits(value, digits, out var point);
        Lay(output, digits[..count], point);
    }

    /// <summary>The significant digits, and where the point stands: value = 0.d₁d₂… × 10^<paramref name="point"/>.</summary>
    private static int ShortestDigits(double value, Span<byte> digits, out int point)
    {
        Span<byte> text = stackalloc byte[32];
        value.TryFormat(text, out var length, "R", CultureInfo.InvariantCulture);
        text = text[..length];

        var exponent = 0;
        if (text.IndexOf((byte)'E') is var e and >= 0)
        {
            exponent = int.Parse(text[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            text = text[..e];
        }

        int count = 0, whole = 0;
        var afterPoint = false;
        foreach (var character in text)
        {
            if (character == '.')
            {
                afterPoint = true;
                continue;
            }

            whole += afterPoint ? 0 : 1;
            if (count == 0 && character == '0')
            {
                whole--; // a leading zero; those after the point move it to the left
                continue;
            }

            if (count < digits.Length)
            {
                digits[count++] = character;
            }
        }

        point = whole + exponent;
        while (count > 1 && digits[count - 1] == '0')
        {
            count--;
        }

        return count;
    }

    /// <summary>ECMAScript's four layouts, with k digits and the point at n.</summary>
    private static void Lay(IBufferWriter<byte> output, ReadOnlySpan<byte> digits, int n)
    {
        var k = digits.Length;
        if (n is > 0 and <= 21)
        {
            if (k <= n)
            {
                output.Write(digits);
                Zeros(output, n - k);
            }
            else
            {
                output.Write(digits[..n]);
                output.Write("."u8);
                output.Write(digits[n..]);
            }
        }
        else if (n is > -6 and <= 0)
        {
            output.Write("0."u8);
            Zeros(output, -n);
            output.Write(digits);
        }
        else
        {
            output.Write(digits[..1]);
            if (k > 1)
            {
                output.Write("."u8);
                output.Write(digits[1..]);
            }

            output.Write(n > 0 ? "e+"u8 : "e-"u8);
            Write(output, (long)Math.Abs(n - 1));
        }
    }

    private static void Zeros(IBufferWriter<byte> output, int count) => output.Write("000000000000000000000"u8[..count]);
}
