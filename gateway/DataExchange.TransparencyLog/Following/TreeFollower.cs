using DataExchange.Merkle;
using DataExchange.TransparencyLog.Stores;

namespace DataExchange.TransparencyLog.Following;

/// <summary>
/// Reads batches in order, hashes their leaves anew and grows the tree and its tiles, checking each batch against the root that was
/// committed with it. The one function behind the start, recovery and the tiles that are served.
/// </summary>
internal sealed class TreeFollower
{
    // A start re-reads the log from the last multiple of this at or below the stored tiles: all full tiles of the two lowest levels
    // stand there, and at most so many leaves behind the stored position are hashed again.
    private const long Stride = 65_536;

    private readonly ILogStore _batches;
    private readonly ITileStore _tiles;
    private readonly TileEdge _edge;
    private readonly long _stored;

    private TreeFollower(ILogStore batches, ITileStore tiles, TileEdge edge, long stored)
    {
        (_batches, _tiles, _edge, _stored) = (batches, tiles, edge, stored);
        Range = edge.ToRange();
    }

    /// <summary>The tree so far.</summary>
    public CompactRange Range { get; private set; }

    /// <summary>Partial tiles at <see cref="Range"/>.</summary>
    public IReadOnlyList<(TileId Tile, ReadOnlyMemory<byte> Hashes)> PartialTiles() => _edge.PartialTiles();

    /// <summary>Starts from the stored tiles, or from nothing when there are none; never beyond <paramref name="upTo"/>, where its root is wanted.</summary>
    public static async ValueTask<TreeFollower> OpenAsync(ILogStore batches, ITileStore tiles, long upTo, CancellationToken cancellationToken)
    {
        var position = await tiles.ReadPositionAsync(cancellationToken);
        try
        {
            var edge = await TileEdge.LoadAsync(new StoredTiles(tiles), Math.Min(position.Size, upTo) / Stride * Stride, cancellationToken);
            return new TreeFollower(batches, tiles, edge, position.Size);
        }
        catch (TileUnavailableException exception)
        {
            throw new LogCorruptException(
                $"The stored tiles say that they reach {position.Size} entries, but {exception.Message} Delete tiles.db: it is rebuilt from the log.", exception);
        }
    }

    /// <summary>Follows to a size, which must be the end of a batch.</summary>
    /// <param name="size">Where to stop.</param>
    /// <param name="buffer">Takes new tiles and keys; null to throw them away.</param>
    /// <param name="cancellationToken">Stops between reads.</param>
    /// <exception cref="LogCorruptException">What is stored does not hash to what was committed. Nothing of that batch has been handed out.</exception>
    public async ValueTask AdvanceAsync(long size, DerivedBuffer? buffer, CancellationToken cancellationToken)
    {
        while (Range.Size < size)
        {
            if (buffer is { IsDue: true })
            {
                await buffer.FlushAsync(cancellationToken);
            }

            var batches = await _batches.ReadAsync(Range.Size, size - Range.Size, BatchParts.Leaves | BatchParts.Keys, cancellationToken);
            if (batches.Count == 0)
            {
                throw new LogCorruptException($"The log's head says {size} entries, but its batches end at {Range.Size}.");
            }

            foreach (var batch in batches)
            {
                await AddAsync(batch, size, buffer, cancellationToken);
            }
        }
    }

    /// <summary>Compares the tiles' own root, folded anew, with the root that the batches gave.</summary>
    public void CheckTiles()
    {
        if (_edge.Root() != Range.Root())
        {
            throw new LogCorruptException($"The stored tiles give another root than the log at {Range.Size} entries. Delete tiles.db: it is rebuilt from the log.");
        }
    }

    private async ValueTask AddAsync(LogBatch batch, long size, DerivedBuffer? buffer, CancellationToken cancellationToken)
    {
        var (range, hashes) = BatchReader.Extend(Range, batch, size);
        Range = range;
        foreach (var (tile, bytes) in _edge.Append(hashes))
        {
            if (EndOf(tile) > _stored)
            {
                buffer?.Add(tile, bytes);
            }
            else if (await _tiles.ReadTileAsync(tile.Level, tile.Index, cancellationToken) is not { } stored || !stored.Span.SequenceEqual(bytes))
            {
                throw new LogCorruptException($"The stored {tile.ToPath()} is not what the log gives. Delete tiles.db: it is rebuilt from the log.");
            }
        }

        buffer?.AddKeys(batch);
    }

    private static long EndOf(TileId tile) => (tile.Index + 1) << (8 * (tile.Level + 1));
}
