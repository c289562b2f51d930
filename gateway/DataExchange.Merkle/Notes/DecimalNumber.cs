using System.Globalization;

namespace DataExchange.Merkle;

/// <summary>ASCII decimals as the C2SP formats write them: no sign, no leading zero unless the number is 0.</summary>
internal static class DecimalNumber
{
    public static bool TryParse(ReadOnlySpan<char> text, out long value)
    {
        value = 0;
        return text.Length > 0 && (text.Length == 1 || text[0] != '0')
            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }

    public static string Format(long value) => value.ToString(CultureInfo.InvariantCulture);
}
