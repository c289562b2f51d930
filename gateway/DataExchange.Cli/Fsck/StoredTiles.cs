using System.Globalization;
using DataExchange.Cli.DataFolders;
using DataExchange.Merkle;

namespace DataExchange.Cli.Fsck;

/// <summary>What <c>tiles.db</c> holds of a log: full tiles and search keys up to a size, and the newest checkpoint that was published.</summary>
internal sealed class StoredTiles
{
    private const int TileBits = 8;

    private readonly ReadDatabase _database;
    private readonly string _log;
    private long _expected;

    private StoredTiles(ReadDatabase database, string log, long size, string? note)
    {
        (_database, _log, Size, Note) = (database, log, size, note);
        Checkpoint = note is not null && SignedNote.TryParse(note, out var signed) && Checkpoint.TryParse(signed.Text, out var checkpoint) ? checkpoint : null;
    }

    /// <summary>Entries whose full tiles and search keys are stored.</summary>
    public long Size { get; }

    /// <summary>The published note; null when none was stored.</summary>
    public string? Note { get; }

    /// <summary>What the note says, whoever signed it; null when it is no checkpoint.</summary>
    public Checkpoint? Checkpoint { get; }

    public static StoredTiles Read(ReadDatabase database, string log) => database
        .Rows("SELECT size, note FROM position WHERE log = $1", log)
        .Select(row => new StoredTiles(database, log, row.GetInt64(0), row.IsDBNull(1) ? null : row.GetString(1)))
        .FirstOrDefault() ?? new StoredTiles(database, log, 0, null);

    /// <summary>Compares a full tile; returns what is wrong with the stored one, if it has to be stored.</summary>
    public string? WhyWrong(TileId tile, byte[] expected)
    {
        var bits = TileBits * (tile.Level + 1);
        if (bits >= 63 || tile.Index >= Size >> bits)
        {
            return null; // Not reached yet.
        }

        _expected++;
        var stored = _database.Rows($"SELECT hashes FROM {_log}_tile WHERE level = $1 AND tile = $2", (long)tile.Level, tile.Index)
            .Select(row => row.GetFieldValue<byte[]>(0)).FirstOrDefault();
        return stored is null ? FsckCode.TileMissing : stored.AsSpan().SequenceEqual(expected) ? null : FsckCode.TileMismatch;
    }

    /// <summary>Finds rows that no entry makes.</summary>
    public void CheckCount(Findings findings)
    {
        if (_database.Long($"SELECT count(*) FROM {_log}_tile") is var count && count > _expected)
        {
            findings.Error(
                FsckCode.TileMismatch, $"tiles.db {_log}_tile", null,
                string.Create(CultureInfo.InvariantCulture, $"{count} tiles are stored where the first {Size:N0} entries make {_expected}."), Remedy.Rebuild);
        }
    }

    /// <summary>Whether a search key of this entry has to be in the index.</summary>
    public bool Covers(long index) => index < Size;

    /// <summary>The search index. Its table has another name since version 2.</summary>
    public void CheckIndex(IndexDigest expected, Findings findings)
    {
        var table = _database.Long("SELECT count(*) FROM sqlite_schema WHERE name = $1", $"{_log}_search") > 0 ? $"{_log}_search" : $"{_log}_key";
        var stored = new IndexDigest();
        foreach (var row in _database.Rows($"SELECT key, log_index FROM {table}"))
        {
            stored.Add(row.GetFieldValue<byte[]>(0), row.GetInt64(1));
        }

        if (!stored.Matches(expected))
        {
            findings.Error(
                FsckCode.IndexMismatch, $"tiles.db {table}", null,
                string.Create(CultureInfo.InvariantCulture, $"The index holds {stored.Rows:N0} rows and is not the one of {expected.Rows:N0} that the batches make."), Remedy.Rebuild);
        }
    }
}
