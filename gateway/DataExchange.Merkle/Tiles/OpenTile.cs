namespace DataExchange.Merkle;

/// <summary>The rightmost tile of a level while it fills: 0 to 255 hashes. Bytes below its width are never rewritten, so slices may be handed out.</summary>
internal sealed class OpenTile(int level)
{
    private const int FullLength = TileId.FullWidth * MerkleHash.Size;

    private byte[] _bytes = new byte[FullLength];
    private long _index;

    public int Width { get; private set; }

    public TileId Id => new(level, _index, Width);

    public ReadOnlyMemory<byte> Hashes => _bytes.AsMemory(0, Width * MerkleHash.Size);

    public static async ValueTask<OpenTile> LoadAsync(ITileSource source, int level, long size, CancellationToken cancellationToken)
    {
        var (index, width) = Math.DivRem(TileId.CountAt(level, size), TileId.FullWidth);
        var open = new OpenTile(level) { _index = index, Width = (int)width };
        if (width == 0)
        {
            return open;
        }

        if (await source.ReadAsync(open.Id, cancellationToken) is { } stored)
        {
            Checked(open.Id, stored).CopyTo(open._bytes);
            return open;
        }

        if (level == 0)
        {
            throw new TileUnavailableException(open.Id);
        }

        for (var place = 0; place < width; place++)
        {
            var below = new TileId(level - 1, (index * TileId.FullWidth) + place, TileId.FullWidth);
            var tile = await source.ReadAsync(below, cancellationToken) ?? throw new TileUnavailableException(below);
            TileHashes.Fold(Checked(below, tile).Span).CopyTo(open._bytes.AsSpan(place * MerkleHash.Size));
        }

        return open;
    }

    /// <summary>Takes one hash; returns the tile when this made it full, and starts the next.</summary>
    public (TileId Tile, byte[] Hashes)? Append(in MerkleHash hash)
    {
        hash.CopyTo(_bytes.AsSpan(Width * MerkleHash.Size));
        Width++;
        if (Width < TileId.FullWidth)
        {
            return null;
        }

        var full = (Id, _bytes);
        (_bytes, Width, _index) = (new byte[FullLength], 0, _index + 1);
        return full;
    }

    public ReadOnlyMemory<byte>? Read(TileId tile) =>
        tile.Index == _index && tile.Width <= Width ? Hashes[..(tile.Width * MerkleHash.Size)] : default(ReadOnlyMemory<byte>?);

    private static ReadOnlyMemory<byte> Checked(TileId tile, ReadOnlyMemory<byte> bytes) =>
        bytes.Length == tile.Width * MerkleHash.Size ? bytes : throw new TileUnavailableException(tile, bytes.Length);
}
