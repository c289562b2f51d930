using DataExchange.Merkle;

namespace DataExchange.Cli.Rebuild;

/// <summary>
/// A tree from level 1 of its tiles up: its leaves are the roots over full bundles. Processors hash bundles in any order; this is the
/// small rest that has to be done in order.
/// </summary>
internal sealed class UpperTree
{
    private readonly TileEdge _edge;

    private UpperTree(TileEdge edge) => _edge = edge;

    /// <summary>Full bundles so far.</summary>
    public long Bundles => _edge.Size;

    public static UpperTree Empty() => new(new TileEdge());

    /// <summary>
    /// Reads the right edge from tiles; null when they do not hold it. It trusts them: check <see cref="RootAt"/> against a root that is
    /// known.
    /// </summary>
    public static async Task<UpperTree?> TryLoadAsync(ITileSource tiles, long bundles, CancellationToken cancellationToken)
    {
        try
        {
            return new(await TileEdge.LoadAsync(new OneLevelUp(tiles), bundles, cancellationToken));
        }
        catch (Exception exception) when (exception is TileUnavailableException or FindingException { ExitCode: ExitCode.DoesNotVerify })
        {
            return null;
        }
    }

    /// <summary>Takes the root over the next full bundle; returns the tiles that this made full, each with its level in the log.</summary>
    public IEnumerable<(TileId Tile, ReadOnlyMemory<byte> Hashes)> Append(in MerkleHash bundle) =>
        _edge.Append([bundle]).Select(full => (InLog(full.Tile), new ReadOnlyMemory<byte>(full.Hashes)));

    /// <summary>The tiles that are not full.</summary>
    public IEnumerable<(TileId Tile, ReadOnlyMemory<byte> Hashes)> PartialTiles() =>
        _edge.PartialTiles().Select(partial => (InLog(partial.Tile), partial.Hashes));

    /// <summary>The root of the tree that ends with these leaves of a bundle that is not full.</summary>
    public MerkleHash RootAt(ReadOnlySpan<MerkleHash> tail)
    {
        // The right edge of the tree is that of the bundles, and below it that of the tail: their sizes share no bit.
        byte[] edge = [.. _edge.ToRange().ToBytes(), .. CompactRange.Empty.Extend(tail.ToArray()).After.ToBytes()];
        return CompactRange.FromBytes((Bundles * TileId.FullWidth) + tail.Length, edge).Root();
    }

    private static TileId InLog(TileId tile) => tile with { Level = tile.Level + 1 };

    private sealed class OneLevelUp(ITileSource tiles) : ITileSource
    {
        public ValueTask<ReadOnlyMemory<byte>?> ReadAsync(TileId tile, CancellationToken cancellationToken) =>
            tiles.ReadAsync(InLog(tile), cancellationToken);
    }
}
