using DataExchange.Merkle;

namespace DataExchange.TransparencyLog.Stores;

/// <summary>
/// What is derived from a log's batches so that strangers can be served: full tiles, and which entries carry a search key.
/// Guarantee: a write is atomic. It need not be durable: after a crash the store may be any earlier version of itself, or empty.
/// </summary>
public interface ITileStore : IAsyncDisposable
{
    /// <summary>How far the store has got.</summary>
    ValueTask<DerivedPosition> ReadPositionAsync(CancellationToken cancellationToken);

    /// <summary>Adds tiles and keys and moves the position, all or nothing. Adding what is there already changes nothing.</summary>
    ValueTask WriteAsync(DerivedRows rows, CancellationToken cancellationToken);

    /// <summary>The 8,192 bytes of a full tile, or null.</summary>
    ValueTask<ReadOnlyMemory<byte>?> ReadTileAsync(int level, long index, CancellationToken cancellationToken);

    /// <summary>Writes a full tile over whatever stands in its place. For tiles whose bytes turned out not to be what the log gives.</summary>
    ValueTask ReplaceTileAsync(TileId tile, ReadOnlyMemory<byte> hashes, CancellationToken cancellationToken);

    /// <summary>Where the scrub stands; null when none has begun.</summary>
    ValueTask<ScrubProgress?> ReadScrubAsync(CancellationToken cancellationToken);

    /// <summary>Remembers where the scrub stands.</summary>
    ValueTask WriteScrubAsync(ScrubProgress progress, CancellationToken cancellationToken);

    /// <summary>The indexes below <paramref name="before"/> of entries with this key, ascending.</summary>
    ValueTask<IReadOnlyList<long>> FindAsync(ReadOnlyMemory<byte> key, long before, CancellationToken cancellationToken);
}

/// <summary>How far derived data reaches.</summary>
/// <param name="Size">All full tiles and keys of the tree of this size are stored.</param>
/// <param name="Note">A checkpoint note, at most this large, that was published; null for none.</param>
public readonly record struct DerivedPosition(long Size, string? Note);

/// <summary>A step of the derived data.</summary>
/// <param name="Tiles">Full tiles.</param>
/// <param name="Keys">Keys and the index of the entry that carries each, ascending by index.</param>
/// <param name="Position">Where the store stands after the step.</param>
public sealed record DerivedRows(
    IReadOnlyCollection<KeyValuePair<TileId, byte[]>> Tiles,
    IReadOnlyList<(ReadOnlyMemory<byte> Key, long Index)> Keys,
    DerivedPosition Position);
