using DataExchange.Merkle;
using DataExchange.TransparencyLog.Stores;

namespace DataExchange.TransparencyLog.Following;

/// <summary>The full tiles of a store as a source of hashes. Partial tiles are not stored.</summary>
internal sealed class StoredTiles(ITileStore tiles) : ITileSource
{
    public ValueTask<ReadOnlyMemory<byte>?> ReadAsync(TileId tile, CancellationToken cancellationToken) =>
        tile.Width == TileId.FullWidth ? tiles.ReadTileAsync(tile.Level, tile.Index, cancellationToken) : default;
}
