using DataExchange.Merkle;

namespace DataExchange.Cli.Backup;

/// <summary>
/// Copies one log's batches, hashing each on its way. Every chunk is one transaction of the copy and moves the copy's head with it, so
/// what was copied before a crash is gone on from.
/// </summary>
internal sealed class LogCopy
{
    private const long ChunkBytes = 4 << 20;

    private readonly string _log;
    private readonly ExchangeDatabase _source;
    private readonly ExchangeDatabase _copy;
    private CompactRange _range;

    /// <exception cref="FindingException">The copy is not a beginning of this log.</exception>
    public LogCopy(string log, ExchangeDatabase source, ExchangeDatabase copy)
    {
        (_log, _source, _copy, _range) = (log, source, copy, copy.Head(log));
        AtStart = _range.Size;
        if (AtStart > 0 && !Equal(LastBatch(source, AtStart), LastBatch(copy, AtStart), _range))
        {
            throw FindingException.CannotTell(
                FindingCode.TargetUnusable, $"The target is not a beginning of the log {log}: they differ at {AtStart} entries. Choose an empty folder, and find out why.");
        }
    }

    public string Log => _log;

    /// <summary>Entries that an earlier run had copied.</summary>
    public long AtStart { get; }

    public long Size => _range.Size;

    /// <summary>Copies the next chunk, of batches that end at or before <paramref name="end"/> and were committed no later than <paramref name="time"/>. False when there is none.</summary>
    public bool Next(long end, long time, out long bytes)
    {
        bytes = 0;
        var batches = _source.Batches(_log, Size, ChunkBytes).TakeWhile(batch => batch.EndIndex <= end && batch.Time <= time).ToList();
        if (batches.Count == 0)
        {
            return false;
        }

        var range = _range;
        using var transaction = _copy.Begin();
        foreach (var batch in batches)
        {
            range = batch.Extend(range, _log);
            bytes += batch.Bytes;
            _copy.Insert(_log, batch);
        }

        _copy.Execute(
            "INSERT OR REPLACE INTO log_head (log, size, root, range, time) VALUES (@p0, @p1, @p2, @p3, @p4)",
            _log, range.Size, range.Root().ToArray(), range.ToBytes(), batches[^1].Time);
        transaction.Commit();
        _range = range;
        return true;
    }

    /// <summary>Fails unless the copy ends where the source's head says that the log ends.</summary>
    public void CheckHead()
    {
        var head = _source.Head(_log);
        if (head.Size != Size || head.Root() != _range.Root())
        {
            throw FindingException.DoesNotVerify(
                FindingCode.RootMismatch, $"The log {_log} says that it ends at {head.Size} entries; its batches end at {Size} with another root.");
        }
    }

    private object[]? LastBatch(ExchangeDatabase database, long end) =>
        database.Rows($"SELECT first_index + count, id, root FROM {_log}_batch WHERE first_index < @p0 ORDER BY first_index DESC LIMIT 1", end).FirstOrDefault();

    private static bool Equal(object[]? source, object[]? copy, CompactRange range) =>
        source is [long end, byte[] id, byte[] root] && copy is [long copiedEnd, byte[] copiedId, byte[] copiedRoot]
        && end == range.Size && copiedEnd == end && id.AsSpan().SequenceEqual(copiedId) && root.AsSpan().SequenceEqual(copiedRoot)
        && range.Root().Bytes.SequenceEqual(root);
}
