namespace DataExchange.Merkle;

/// <summary>A tile that the tree's size calls for is missing or has the wrong length.</summary>
public sealed class TileUnavailableException : Exception
{
    public TileUnavailableException()
    {
    }

    public TileUnavailableException(string message)
        : base(message)
    {
    }

    public TileUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public TileUnavailableException(TileId tile)
        : base($"{tile.ToPath()} is missing.") => Tile = tile;

    public TileUnavailableException(TileId tile, int length)
        : base($"{tile.ToPath()} has {length} bytes instead of {tile.Width * MerkleHash.Size}.") => Tile = tile;

    /// <summary>Which tile.</summary>
    public TileId Tile { get; }
}
