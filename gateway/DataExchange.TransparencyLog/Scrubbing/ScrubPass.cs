using DataExchange.Merkle;
using DataExchange.TransparencyLog.Stores;

namespace DataExchange.TransparencyLog.Scrubbing;

/// <summary>
/// One walk over a log from its first entry: hashes every batch anew, holds it against the root that was committed with it, and every
/// stored tile against what the entries give. Tiles are derived, so one that is wrong while its entries are right is written anew.
/// </summary>
/// <param name="tiles">Compared, and written anew where they are wrong.</param>
/// <param name="edge">Where the pass begins.</param>
/// <param name="report">Takes what is found.</param>
/// <param name="attempt">Runs a step, again where it fails, and reports the text when it keeps failing: one tile is not worth the rest of a pass.</param>
internal sealed class ScrubPass(ITileStore tiles, TileEdge edge, Action<ScrubFinding> report, ScrubAttempt attempt)
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
                // The batch counts as walked already, so nobody comes back to a tile whose step throws: it is tried here, or told.
                var mayReplace = tile.Index * span >= _doubted;
                await attempt(
                    token => CompareAsync(tile, bytes, mayReplace, token),
                    () => $"{tile.ToPath()} cannot be compared or written anew. It is derived: where this stays, stop the gateway, delete tiles.db and start again",
                    cancellationToken);
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

/// <summary>Tries a step a few times. False, and the failure has been reported under this text, when it did not succeed.</summary>
internal delegate ValueTask<bool> ScrubAttempt(Func<CancellationToken, ValueTask> step, Func<string> failed, CancellationToken cancellationToken);
