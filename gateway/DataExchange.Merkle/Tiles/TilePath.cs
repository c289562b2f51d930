using System.Globalization;
using System.Text;

namespace DataExchange.Merkle;

/// <summary>C2SP tlog-tiles paths: <c>tile/&lt;L&gt;/&lt;N&gt;[.p/&lt;W&gt;]</c>. One tile, one spelling.</summary>
internal static class TilePath
{
    private const string Root = "tile/";
    private const string EntriesLevel = "entries";
    private const string PartialMark = ".p/";

    public static bool TryParse(ReadOnlySpan<char> path, out TileId tile)
    {
        tile = default;
        if (!path.StartsWith(Root, StringComparison.Ordinal))
        {
            return false;
        }

        path = path[Root.Length..];
        var slash = path.IndexOf('/');
        if (slash < 0 || !TryParseLevel(path[..slash], out var level))
        {
            return false;
        }

        path = path[(slash + 1)..];
        var width = TileId.FullWidth;
        var mark = path.IndexOf(PartialMark, StringComparison.Ordinal);
        if (mark >= 0)
        {
            if (!TryParseSmall(path[(mark + PartialMark.Length)..], out width) || width is 0 or >= TileId.FullWidth)
            {
                return false;
            }

            path = path[..mark];
        }

        if (!TryParseIndex(path, out var index))
        {
            return false;
        }

        tile = new TileId(level, index, width);
        return true;
    }

    public static string Format(TileId tile)
    {
        var path = new StringBuilder(Root, 48);
        _ = tile.Level == TileId.Entries ? path.Append(EntriesLevel) : path.Append(CultureInfo.InvariantCulture, $"{tile.Level}");
        path.Append('/');
        AppendIndex(path, tile.Index);
        return tile.IsFull ? path.ToString() : path.Append(CultureInfo.InvariantCulture, $"{PartialMark}{tile.Width}").ToString();
    }

    private static void AppendIndex(StringBuilder path, long index)
    {
        // Most significant group first: find its weight, then walk down.
        var weight = 1L;
        while (index / weight >= 1000)
        {
            weight *= 1000;
        }

        for (; weight > 1; weight /= 1000)
        {
            path.Append(CultureInfo.InvariantCulture, $"x{index / weight % 1000:000}/");
        }

        path.Append(CultureInfo.InvariantCulture, $"{index % 1000:000}");
    }

    private static bool TryParseLevel(ReadOnlySpan<char> text, out int level)
    {
        if (text.SequenceEqual(EntriesLevel))
        {
            level = TileId.Entries;
            return true;
        }

        return TryParseSmall(text, out level) && level <= TileId.MaxLevel;
    }

    /// <summary>One to three digits without leading zeros.</summary>
    private static bool TryParseSmall(ReadOnlySpan<char> text, out int value)
    {
        value = 0;
        return text.Length is >= 1 and <= 3 && (text.Length == 1 || text[0] != '0') && TryParseDigits(text, out value);
    }

    /// <summary>Groups of three digits, all but the last after an <c>x</c>; the first group is not <c>x000</c>.</summary>
    private static bool TryParseIndex(ReadOnlySpan<char> text, out long index)
    {
        index = 0;
        for (var first = true; text is ['x', _, _, _, '/', ..]; first = false)
        {
            if (!TryParseDigits(text[1..4], out var group) || (first && group == 0) || index > (long.MaxValue - group) / 1000)
            {
                return false;
            }

            index = (index * 1000) + group;
            text = text[5..];
        }

        if (text.Length != 3 || !TryParseDigits(text, out var last) || index > (long.MaxValue - last) / 1000)
        {
            return false;
        }

        index = (index * 1000) + last;
        return true;
    }

    private static bool TryParseDigits(ReadOnlySpan<char> text, out int value)
    {
        value = 0;
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c))
            {
                return false;
            }

            value = (value * 10) + (c - '0');
        }

        return true;
    }
}
