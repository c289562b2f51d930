using DataExchange.Merkle;
using DataExchange.TransparencyLog.Stores;

namespace DataExchange.TransparencyLog.Scrubbing;

/// <summary>
/// One walk over a log from its first entry: hashes every batch anew, holds it against the root that was committed with it, and every
/// stored tile against what the entries give. Tiles are derived, so one that is wrong while its entries are right is written anew.
/// </summary>
internal sealed class ScrubPass(ITileStore tiles, TileEdge edge, Action<ScrubFinding> report)
{
    private readonly BatchCheck _check = new(tiles, report);
    private CompactRange _range = edge.ToRange();
    private long _doubted; // Where the last batch ends that did not give its own root: nothing that covers it is written anew.

    public long Size => _range.Size;

    public MerkleHash Root => edge.Root();

    public TileEdge Edge => edge;

    /// <summary>Walks one batch. False when the pass cannot go on.</summary>
    /// <param name="batch">The next.</param>
    /// <param name="storedTiles">How far the tiles are stored.</param>
    /// <param name="cancellationToken">Stops between tiles.</param>
    public async ValueTask<bool> AddAsync(LogBatch batch, long storedTiles, CancellationToken cancellationToken)
    {
        if (batch.FirstIndex != Size && !await BridgeAsync(batch, storedTiles, cancellationToken))
        {
            return false;
        }

        var (hashes, sound) = await _check.HashAsync(_range, batch, cancellationToken);
        if (hashes is null)
        {
            return false;
        }

        await AppendAsync(hashes, sound, storedTiles, cancellationToken);
        return true;
    }

    // Entries that are missing can still be walked over by their hashes in the tiles: what comes after them is worth checking too.
    private async ValueTask<bool> BridgeAsync(LogBatch batch, long storedTiles, CancellationToken cancellationToken)
    {
        report(batch.FirstIndex > Size
            ? new ScrubFinding(FindingKind.Missing, $"the entries {Size} to {batch.FirstIndex - 1} are missing.")
            : new ScrubFinding(FindingKind.Batch, $"the batch at {batch.FirstIndex} overlaps the one before it, which ends at {Size - 1}."));
        if (batch.FirstIndex < Size || await BatchCheck.StoredAsync(tiles, Size, batch.FirstIndex - Size, cancellationToken) is not { } hashes)
        {
            return false;
        }

        await AppendAsync(hashes, sound: false, storedTiles, cancellationToken);
        return true;
    }

    private async ValueTask AppendAsync(IReadOnlyList<MerkleHash> hashes, bool sound, long storedTiles, CancellationToken cancellationToken)
    {
        _range = _range.Extend(hashes).After;
        _doubted = sound ? _doubted : _range.Size;
        foreach (var (tile, bytes) in edge.Append(hashes))
        {
            var span = 1L << (8 * (tile.Level + 1));
            if ((tile.Index + 1) * span <= storedTiles)
            {
                await CompareAsync(tile, bytes, mayReplace: tile.Index * span >= _doubted, cancellationToken);
            }
        }
    }

    private async ValueTask CompareAsync(TileId tile, byte[] bytes, bool mayReplace, CancellationToken cancellationToken)
    {
        var stored = await tiles.ReadTileAsync(tile.Level, tile.Index, cancellationToken);
        if (stored is { } found && found.Span.SequenceEqual(bytes))
        {
            return;
        }

        if (mayReplace)
        {
            await tiles.ReplaceTileAsync(tile, bytes, cancellationToken);
        }

        report(new ScrubFinding(
            FindingKind.Tile,
            $"{tile.ToPath()} was {(stored is null ? "missing" : "not what the entries give")}{(mayReplace ? "." : ", and is left so, because entries below it are damaged.")}",
            mayReplace));
    }
}
