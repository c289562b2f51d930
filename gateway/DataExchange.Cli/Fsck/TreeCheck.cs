using System.Globalization;
using DataExchange.Merkle;

namespace DataExchange.Cli.Fsck;

/// <summary>Builds a log's tree from its batches and holds each batch's stored root and every stored tile against it.</summary>
/// <param name="log">Which log.</param>
/// <param name="tiles">What is derived; null when there is none.</param>
/// <param name="findings">Receives what is wrong.</param>
internal sealed class TreeCheck(string log, StoredTiles? tiles, Findings findings)
{
    private readonly string _table = $"exchange.db {log}_batch";
    private readonly TileEdge _edge = new();
    private readonly List<long> _unmatched = []; // First indexes of the last batches whose stored roots the entries do not make.
    private readonly List<(string Code, TileId Tile)> _badTiles = [];
    private MerkleHash? _rootAtCheckpoint = tiles?.Checkpoint is { Size: 0 } ? TreeHasher.EmptyRoot : null;

    /// <summary>The tree so far.</summary>
    public CompactRange Range { get; private set; } = CompactRange.Empty;

    /// <summary>The next batch.</summary>
    public void Append(StoredBatch batch, IReadOnlyList<ReadOnlyMemory<byte>> leaves)
    {
        var hashes = new MerkleHash[leaves.Count];
        TreeHasher.Leaves([.. leaves], hashes);
        if (tiles?.Checkpoint is { } checkpoint && checkpoint.Size > Range.Size && checkpoint.Size - Range.Size <= hashes.Length)
        {
            _rootAtCheckpoint = Range.Extend(hashes[..(int)(checkpoint.Size - Range.Size)]).After.Root();
        }

        Range = Range.Extend(hashes).After;
        foreach (var (tile, expected) in _edge.Append(hashes))
        {
            if (tiles?.WhyWrong(tile, expected) is { } code)
            {
                _badTiles.Add((code, tile));
            }
        }

        if (!Range.Root().Bytes.SequenceEqual(batch.Root))
        {
            _unmatched.Add(batch.First);
        }
        else if (_unmatched.Count > 0)
        {
            ReportDamagedRoots(); // What comes after fits again, so the entries before are right.
        }
    }

    /// <summary>Says what the whole shows.</summary>
    public void Conclude(StoredHead? head)
    {
        if (_unmatched.Count > 0 && head is not null && Range.Root().Bytes.SequenceEqual(head.Root))
        {
            ReportDamagedRoots();
        }

        if (_unmatched.Count > 0)
        {
            ReportDamagedEntries();
            return; // Head, checkpoint and tiles differ too then; saying so would send people after them.
        }

        CheckHead(head);
        CheckPublished();
        foreach (var (code, tile) in _badTiles)
        {
            findings.Error(code, $"tiles.db {log}_tile", tile.ToPath(), code == FsckCode.TileMissing ? "The tile is not stored." : "The tile is not the one that the entries make.", Remedy.Rebuild);
        }

        tiles?.CheckCount(findings);
    }

    private void ReportDamagedRoots()
    {
        foreach (var first in _unmatched)
        {
            findings.Error(
                FsckCode.BatchRootDamaged, _table, Row(first), "The stored root is not the one that the entries make, while they make what was signed later.", Remedy.Restore);
        }

        _unmatched.Clear();
    }

    private void ReportDamagedEntries()
    {
        var place = _badTiles.Where(bad => bad is { Code: FsckCode.TileMismatch, Tile.Level: 0 }).Select(bad => bad.Tile).FirstOrDefault();
        var hint = place == default ? "" : string.Create(
            CultureInfo.InvariantCulture, $" The stored tiles differ first in entries {place.Index * TileId.FullWidth} to {((place.Index + 1) * TileId.FullWidth) - 1}.");
        findings.Error(
            FsckCode.EntriesDamaged, _table, Row(_unmatched[0]), $"From this batch on the entries do not make the stored roots: a leaf was changed.{hint}", Remedy.Restore);
    }

    private void CheckHead(StoredHead? head)
    {
        var why = head is null ? (Range.Size == 0 ? null : "There is no head, though there are batches.")
            : head.Size != Range.Size ? string.Create(CultureInfo.InvariantCulture, $"The head is at {head.Size} entries and the batches end at {Range.Size}.")
            : !Range.Root().Bytes.SequenceEqual(head.Root) ? "The head's root is not the one that the batches make."
            : !Range.ToBytes().AsSpan().SequenceEqual(head.Range) ? "The head's range is not the one that the batches make."
            : null;
        if (why is not null)
        {
            findings.Error(FsckCode.HeadMismatch, "exchange.db log_head", log, why, Remedy.Restore);
        }
    }

    private void CheckPublished()
    {
        if (tiles?.Size > Range.Size)
        {
            findings.Error(
                FsckCode.CheckpointAhead, "tiles.db position", log,
                string.Create(CultureInfo.InvariantCulture, $"What is derived reaches {tiles.Size:N0} entries, and {Range.Size:N0} are stored."), Remedy.NewerCopy);
        }

        if (tiles?.Checkpoint is not { } checkpoint)
        {
            return;
        }

        if (checkpoint.Size > Range.Size)
        {
            findings.Error(
                FsckCode.CheckpointAhead, "tiles.db position", log,
                string.Create(CultureInfo.InvariantCulture, $"A checkpoint of {checkpoint.Size:N0} entries was published, and {Range.Size:N0} are stored."), Remedy.NewerCopy);
        }
        else if (_rootAtCheckpoint != checkpoint.Root)
        {
            findings.Error(FsckCode.CheckpointMismatch, "tiles.db position", log, "The published checkpoint has another root than the entries make.", Remedy.NewerCopy);
        }
    }

    private static string Row(long first) => string.Create(CultureInfo.InvariantCulture, $"first_index {first}");
}
