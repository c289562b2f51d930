namespace DataExchange.Merkle.Tests.Tiles;

/// <summary>The tiles of a tree of one size, as a log would have stored them.</summary>
internal sealed class MemoryTiles : ITileSource
{
    private readonly Dictionary<TileId, ReadOnlyMemory<byte>> _tiles = [];

    /// <summary>Whether a tile narrower than the one stored is answered with its first hashes.</summary>
    public bool ServesNarrower { get; init; }

    /// <summary>Full tiles, and the partial tiles of the final size unless told otherwise.</summary>
    public static MemoryTiles Of(IReadOnlyList<MerkleHash> leafHashes, bool partialTiles = true, bool servesNarrower = false)
    {
        var tiles = new MemoryTiles { ServesNarrower = servesNarrower };
        var edge = new TileEdge();
        tiles.Add(edge.Append(leafHashes));
        if (partialTiles)
        {
            tiles.Add(edge.PartialTiles());
        }

        return tiles;
    }

    public void Add(IEnumerable<(TileId Tile, byte[] Hashes)> tiles)
    {
        foreach (var (tile, hashes) in tiles)
        {
            _tiles.Add(tile, hashes);
        }
    }

    public void Add(IEnumerable<(TileId Tile, ReadOnlyMemory<byte> Hashes)> tiles)
    {
        foreach (var (tile, hashes) in tiles)
        {
            _tiles.Add(tile, hashes);
        }
    }

    public void Put(TileId tile, byte[] hashes) => _tiles[tile] = hashes;

    public void Remove(TileId tile) => Assert.True(_tiles.Remove(tile));

    public ValueTask<ReadOnlyMemory<byte>?> ReadAsync(TileId tile, CancellationToken cancellationToken)
    {
        for (var width = tile.Width; width <= (ServesNarrower ? TileId.FullWidth : tile.Width); width++)
        {
            if (_tiles.TryGetValue(tile with { Width = width }, out var bytes))
            {
                return ValueTask.FromResult<ReadOnlyMemory<byte>?>(width == tile.Width ? bytes : bytes[..(tile.Width * MerkleHash.Size)]);
            }
        }

        return ValueTask.FromResult<ReadOnlyMemory<byte>?>(null);
    }
}
