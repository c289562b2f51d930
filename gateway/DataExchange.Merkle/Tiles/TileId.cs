namespace DataExchange.Merkle;

/// <summary>A C2SP tlog-tiles resource: a hash tile of a level, or an entry bundle (<see cref="Level"/> = <see cref="Entries"/>).</summary>
/// <param name="Level">0 to 63, or <see cref="Entries"/>.</param>
/// <param name="Index">N.</param>
/// <param name="Width">1 to 256; 256 is a full tile.</param>
public readonly record struct TileId(int Level, long Index, int Width)
{
    /// <summary>Hashes or entries in a full tile.</summary>
    public const int FullWidth = 256;

    /// <summary>The level that stands for entry bundles.</summary>
    public const int Entries = -1;

    /// <summary>The highest level of hash tiles.</summary>
    public const int MaxLevel = 63;

    /// <summary>Whether all 256 places are taken.</summary>
    public bool IsFull => Width == FullWidth;

    /// <summary>Parses <c>tile/0/x001/234.p/5</c>, <c>tile/entries/000</c>; refuses every other spelling (leading zeros, width 0 or ≥ 256, missing x).</summary>
    public static bool TryParse(ReadOnlySpan<char> path, out TileId tile) => TilePath.TryParse(path, out tile);

    /// <summary>The path without a leading slash.</summary>
    public string ToPath() => TilePath.Format(this);

    /// <summary>How many entries of this tile exist in a tree of that size: 0 to 256.</summary>
    /// <param name="level">0 to 63, or <see cref="Entries"/>, which is as wide as level 0.</param>
    /// <param name="index">N.</param>
    /// <param name="size">The tree's size in leaves.</param>
    public static int WidthAt(int level, long index, long size)
    {
        var hashes = CountAt(level, size);
        return index < 0 || index > hashes / FullWidth ? 0 : (int)Math.Min(hashes - (index * FullWidth), FullWidth);
    }

    /// <summary>How many hashes the tiles of a level hold together in a tree of that size.</summary>
    internal static long CountAt(int level, long size) => level switch
    {
        <= 0 => size,
        < 8 => size >> (8 * level),
        _ => 0,
    };
}
