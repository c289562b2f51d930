using System.Collections.Concurrent;
using DataExchange.Merkle;
using DataExchange.TransparencyLog.Stores;

namespace DataExchange.TransparencyLog.Following;

/// <summary>
/// Tiles and keys that are readable here but not stored yet. They are stored some thousands of entries at a time, which touches far
/// fewer pages than storing each batch's; a crash loses the buffer, and the next start derives it again from the batches.
/// </summary>
/// <remarks>One thread adds and flushes; any number read.</remarks>
internal sealed class DerivedBuffer(ITileStore store, DerivedPosition position, int flushEntries)
{
    private readonly ConcurrentDictionary<TileId, byte[]> _tiles = new();
    private readonly Lock _gate = new(); // Guards _keys and _stored.
    private List<(ReadOnlyMemory<byte> Key, long Index)> _keys = [];
    private long _stored = position.Size;
    private long _end = position.Size;

    /// <summary>The checkpoint that is stored with the next flush.</summary>
    public string? Note { get; set; } = position.Note;

    /// <summary>Whether so much waits that no more should be added before a flush.</summary>
    public bool IsDue => _end - _stored >= flushEntries;

    public void Add(TileId tile, byte[] hashes) => _tiles[tile] = hashes;

    /// <summary>Takes the keys of a batch that are not here yet: a batch may come again after a failure.</summary>
    public void AddKeys(LogBatch batch)
    {
        lock (_gate)
        {
            var rest = batch.Keys;
            for (var index = batch.FirstIndex; index < batch.EndIndex; index++)
            {
                if (Prefixed.TakeU16(ref rest) is { IsEmpty: false } key && index >= _end)
                {
                    _keys.Add((key, index));
                }
            }

            _end = Math.Max(_end, batch.EndIndex);
        }
    }

    /// <summary>Stores everything. When it throws, nothing is lost and it may be tried again.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        // A reader finds each row in the buffer or in the store: rows leave the buffer only after they are in the store.
        var tiles = _tiles.ToArray();
        await store.WriteAsync(new DerivedRows(tiles, _keys, new DerivedPosition(_end, Note)), cancellationToken);
        lock (_gate)
        {
            _keys = [];
            _stored = _end;
        }

        foreach (var tile in tiles)
        {
            _tiles.TryRemove(tile.Key, out _);
        }
    }

    /// <summary>A full tile, or null.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadTileAsync(TileId tile, CancellationToken cancellationToken) =>
        _tiles.TryGetValue(tile, out var hashes) ? hashes : await store.ReadTileAsync(tile.Level, tile.Index, cancellationToken);

    /// <summary>Indexes below <paramref name="before"/> of the entries with this key, ascending.</summary>
    public async ValueTask<IReadOnlyList<long>> FindAsync(ReadOnlyMemory<byte> key, long before, CancellationToken cancellationToken)
    {
        var (stored, buffered) = FindBuffered(key.Span, before);
        return [.. await store.FindAsync(key, Math.Min(stored, before), cancellationToken), .. buffered];
    }

    private (long Stored, List<long> Indexes) FindBuffered(ReadOnlySpan<byte> key, long before)
    {
        var indexes = new List<long>();
        lock (_gate)
        {
            foreach (var (candidate, index) in _keys)
            {
                if (index < before && candidate.Span.SequenceEqual(key))
                {
                    indexes.Add(index);
                }
            }

            return (_stored, indexes);
        }
    }
}
