namespace DataExchange.Merkle;

/// <summary>
/// Where proofs get their hashes from. Returns exactly <c>Width × 32</c> bytes for a hash tile, the bundle for entries, or null
/// if there is no such tile.
/// </summary>
/// <remarks>
/// A narrower tile than the one stored is its first hashes; a source that answers so serves proofs at every size up to its own.
/// One that knows only the tiles of published checkpoints serves those sizes; where it has dropped a partial tile for the full
/// one, readers ask for the full one themselves.
/// </remarks>
public interface ITileSource
{
    /// <summary>Reads one tile. What it returns never changes: tiles are immutable.</summary>
    ValueTask<ReadOnlyMemory<byte>?> ReadAsync(TileId tile, CancellationToken cancellationToken);
}
