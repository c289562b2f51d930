using System.Buffers.Binary;
using DataExchange.Merkle;
using DataExchange.Storage.Sqlite;
using DataExchange.TransparencyLog.Stores;

namespace DataExchange.Storage.Logs;

/// <summary>One log's derived data in <c>tiles.db</c>. Everything completes synchronously.</summary>
internal sealed class SqliteTileStore(string name, TilesFile tiles) : ITileStore
{
    private readonly string _insertTile = $"INSERT OR IGNORE INTO {name}_tile (level, tile, hashes) VALUES (?1, ?2, ?3)";
    private readonly string _replaceTile = $"INSERT OR REPLACE INTO {name}_tile (level, tile, hashes) VALUES (?1, ?2, ?3)";
    private readonly string _insertKey = $"INSERT OR IGNORE INTO {name}_search (segment, key, log_index) VALUES (?1, ?2, ?3)";
    private readonly string _readTile = $"SELECT hashes FROM {name}_tile WHERE level = ?1 AND tile = ?2";
    private readonly string _find = $"SELECT log_index FROM {name}_search WHERE segment = ?1 AND key = ?2 AND log_index < ?3 ORDER BY log_index";
    private readonly string _lastSegment = $"SELECT max(segment) FROM {name}_search";

    public ValueTask<DerivedPosition> ReadPositionAsync(CancellationToken cancellationToken) => ValueTask.FromResult(tiles.File.Read(session =>
    {
        using var statement = session.Use("SELECT size, note FROM position WHERE log = ?1").Bind(1, name);
        return statement.Step() ? new DerivedPosition(statement.Long(0), statement.IsNull(1) ? null : statement.Text(1)) : default;
    }));

    public ValueTask WriteAsync(DerivedRows rows, CancellationToken cancellationToken)
    {
        // In key order, or nearly, rows for the same page come together. Eight bytes say enough for that, and numbers sort fast.
        var keys = rows.Keys.ToArray();
        Array.Sort(Array.ConvertAll(keys, static row => Prefix(row.Key.Span)), keys);
        tiles.Write(session => Write(session, rows, keys));
        return ValueTask.CompletedTask;
    }

    public ValueTask<ReadOnlyMemory<byte>?> ReadTileAsync(int level, long index, CancellationToken cancellationToken) =>
        ValueTask.FromResult(tiles.File.Read<ReadOnlyMemory<byte>?>(session =>
        {
            using var statement = session.Use(_readTile).Bind(1, level).Bind(2, index);
            return statement.Step() ? (ReadOnlyMemory<byte>?)statement.Blob(0).ToArray() : null;
        }));

    public ValueTask<IReadOnlyList<long>> FindAsync(ReadOnlyMemory<byte> key, long before, CancellationToken cancellationToken) =>
        ValueTask.FromResult(tiles.File.Read<IReadOnlyList<long>>(session =>
        {
            var indexes = new List<long>();
            var last = LastSegment(session);
            for (var segment = 0L; segment <= last && segment << TilesFile.SegmentBits < before; segment++)
            {
                using var statement = session.Use(_find).Bind(1, segment).Bind(2, key.Span).Bind(3, before);
                while (statement.Step())
                {
                    indexes.Add(statement.Long(0));
                }
            }

            return indexes;
        }));

    public ValueTask ReplaceTileAsync(TileId tile, ReadOnlyMemory<byte> hashes, CancellationToken cancellationToken)
    {
        tiles.Write(session =>
        {
            using var replace = session.Use(_replaceTile);
            replace.Bind(1, tile.Level).Bind(2, tile.Index).Bind(3, hashes.Span).Run();
        });
        return ValueTask.CompletedTask;
    }

    public ValueTask<ScrubProgress?> ReadScrubAsync(CancellationToken cancellationToken) => ValueTask.FromResult(tiles.File.Read(session =>
    {
        using var row = session.Use("SELECT size, edge, began, completed, damaged_before, damaged FROM scrub WHERE log = ?1").Bind(1, name);
        return row.Step()
            ? new ScrubProgress(row.Long(0), row.Blob(1).ToArray(), row.Long(2), row.IsNull(3) ? null : row.Long(3), row.Long(4), row.Long(5))
            : null;
    }));

    public ValueTask WriteScrubAsync(ScrubProgress progress, CancellationToken cancellationToken)
    {
        tiles.Write(session =>
        {
            using var replace = session.Use(
                "INSERT OR REPLACE INTO scrub (log, size, edge, began, completed, damaged_before, damaged) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
            replace.Bind(1, name).Bind(2, progress.Size).Bind(3, progress.Edge.Span).Bind(4, progress.Began).Bind(6, progress.DamagedBefore).Bind(7, progress.Damaged);
            if (progress.Completed is { } completed)
            {
                replace.Bind(5, completed);
            }

            replace.Run();
        });
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private long LastSegment(SqliteSession session)
    {
        using var last = session.Use(_lastSegment);
        return last.Step() && !last.IsNull(0) ? last.Long(0) : -1;
    }

    private static ulong Prefix(ReadOnlySpan<byte> key)
    {
        Span<byte> prefix = stackalloc byte[sizeof(ulong)];
        key[..Math.Min(key.Length, prefix.Length)].CopyTo(prefix);
        return BinaryPrimitives.ReadUInt64BigEndian(prefix);
    }

    private void Write(SqliteSession session, DerivedRows rows, (ReadOnlyMemory<byte> Key, long Index)[] keys)
    {
        foreach (var (tile, hashes) in rows.Tiles)
        {
            using var insert = session.Use(_insertTile);
            insert.Bind(1, tile.Level).Bind(2, tile.Index).Bind(3, hashes).Run();
        }

        foreach (var (key, index) in keys)
        {
            using var insert = session.Use(_insertKey);
            insert.Bind(1, index >> TilesFile.SegmentBits).Bind(2, key.Span).Bind(3, index).Run();
        }

        using var position = session.Use("INSERT OR REPLACE INTO position (log, size, note) VALUES (?1, ?2, ?3)").Bind(1, name).Bind(2, rows.Position.Size);
        if (rows.Position.Note is { } note)
        {
            position.Bind(3, note);
        }

        position.Run();
    }
}
