using DataExchange.Merkle;

namespace DataExchange.TransparencyLog.Following;

/// <summary>The tiles of a tree as it stood at one size: its partial tiles, and the full ones, which are the same at every size. Immutable.</summary>
internal sealed class TreeTiles(TreeFollower tree, DerivedBuffer full) : ITileSource
{
    private readonly IReadOnlyList<(TileId Tile, ReadOnlyMemory<byte> Hashes)> _partial = tree.PartialTiles();

    /// <summary>Leaves of the tree.</summary>
    public long Size { get; } = tree.Range.Size;

    /// <summary>A hash tile, up to the width that it has in this tree; null when it is wider or not there.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(TileId tile, CancellationToken cancellationToken)
    {
        var width = TileId.WidthAt(tile.Level, tile.Index, Size);
        if (tile.Width < 1 || tile.Width > width)
        {
            return null;
        }

        var hashes = width == TileId.FullWidth
            ? await full.ReadTileAsync(tile with { Width = TileId.FullWidth }, cancellationToken)
            : Partial(tile with { Width = width });
        return hashes?[..(tile.Width * MerkleHash.Size)];
    }

    private ReadOnlyMemory<byte>? Partial(TileId tile)
    {
        foreach (var (id, hashes) in _partial)
        {
            if (id == tile)
            {
                return hashes;
            }
        }

        return null;
    }
}
