using DataExchange.Merkle.Tests.Trees;

namespace DataExchange.Merkle.Tests.Tiles;

/// <summary>The tiles of a tree of any size whose leaves are all alike.</summary>
internal sealed class UniformTiles(long size) : ITileSource
{
    public ValueTask<ReadOnlyMemory<byte>?> ReadAsync(TileId tile, CancellationToken cancellationToken)
    {
        Assert.Equal(TileId.WidthAt(tile.Level, tile.Index, size), tile.Width);
        var hash = Uniform.Complete(8 * tile.Level).ToArray();
        byte[] bytes = [.. Enumerable.Repeat(hash, tile.Width).SelectMany(h => h)];
        return ValueTask.FromResult<ReadOnlyMemory<byte>?>(bytes);
    }
}
