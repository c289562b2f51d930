using System.Globalization;
using DataExchange.Cli.DataFolders;
using DataExchange.Cli.Output;

namespace DataExchange.Cli.Fsck;

/// <summary>Checks one log of a data folder, batch by batch. Memory is that of one batch.</summary>
/// <param name="log">What its table of batches is called after.</param>
/// <param name="head">Where it says that it ends.</param>
/// <param name="exchange">Where it stands.</param>
/// <param name="tiles">What is derived from it; null where nothing is.</param>
/// <param name="findings">Receives what is wrong.</param>
internal sealed class LogFsck(string log, StoredHead? head, ReadDatabase exchange, StoredTiles? tiles, Findings findings)
{
    private readonly BatchForm _form = new(log, findings);
    private readonly TreeCheck _tree = new(log, tiles, findings);
    private readonly IndexDigest _index = new();
    private readonly string _table = $"exchange.db {log}_batch";
    private long _end;
    private long _time;
    private bool _isWhole = true; // Until a gap or a row that cannot be read: no tree can be built past it.

    /// <summary>Returns the number of entries.</summary>
    public long Run(ProgressBar progress, CancellationToken cancellationToken)
    {
        foreach (var row in exchange.Rows(StoredBatch.Query(log)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Take(StoredBatch.From(row));
            progress.Report(_end, Math.Max(_end, head?.Size ?? 0));
        }

        if (_isWhole)
        {
            _tree.Conclude(head);
            tiles?.CheckIndex(_index, findings);
        }

        return _end;
    }

    private void Take(StoredBatch batch)
    {
        var row = string.Create(CultureInfo.InvariantCulture, $"first_index {batch.First}");
        if (batch.First != _end)
        {
            _isWhole = false;
            findings.Error(
                FsckCode.BatchGap, _table, row, string.Create(CultureInfo.InvariantCulture, $"The batch should begin at entry {_end}: one is missing, or this one is damaged."), Remedy.Restore);
        }

        if (batch.Time < _time || batch.Time > (head?.Time ?? long.MaxValue))
        {
            findings.Error(FsckCode.BatchTime, _table, row, "The batch is older than the one before it, or newer than the head.", Remedy.Restore);
        }

        (_end, _time) = (batch.First + batch.Count, batch.Time);
        if (_form.Check(batch) is not var (leaves, keys))
        {
            _isWhole = false;
            return;
        }

        for (var i = 0; i < keys.Count; i++)
        {
            if (!keys[i].IsEmpty && tiles?.Covers(batch.First + i) == true)
            {
                _index.Add(keys[i].Span, batch.First + i);
            }
        }

        if (_isWhole)
        {
            _tree.Append(batch, leaves);
        }
    }
}
