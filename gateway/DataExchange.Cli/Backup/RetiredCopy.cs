using DataExchange.Merkle;

namespace DataExchange.Cli.Backup;

/// <summary>
/// Copies the logs that were retired. They do not grow, and none is retired while this runs: only a start does that. One that a broken-off
/// run left half is copied anew.
/// </summary>
internal static class RetiredCopy
{
    private const long ChunkBytes = 4 << 20;

    /// <exception cref="FindingException">The entries of one are not those that it was retired with.</exception>
    public static async Task RunAsync(ExchangeDatabase source, ExchangeDatabase copy, CopyProgress progress, CancellationToken cancellationToken)
    {
        if (!HasAny(source))
        {
            return;
        }

        foreach (var row in source.Rows("SELECT log || '_' || generation, size, root FROM log_retired").ToList())
        {
            var (table, size, root) = ((string)row[0], (long)row[1], (byte[])row[2]);
            if (copy.Number($"SELECT coalesce(sum(count), 0) FROM {table}_batch") != size)
            {
                copy.Execute($"DELETE FROM {table}_batch");
                var range = await CopyAsync(table, source, copy, progress, cancellationToken);
                ThrowUnless(range.Size == size && range.Root().Bytes.SequenceEqual(root), table);
            }
        }
    }

    /// <summary>Whether the data folder has retired a log; one of an older program has no table for it.</summary>
    public static bool HasAny(ExchangeDatabase source) => source.HasTable("log_retired") && source.Number("SELECT count(*) FROM log_retired") > 0;

    private static async Task<CompactRange> CopyAsync(string table, ExchangeDatabase source, ExchangeDatabase copy, CopyProgress progress, CancellationToken cancellationToken)
    {
        var range = CompactRange.Empty;
        while (source.Batches(table, range.Size, ChunkBytes) is { Count: > 0 } batches)
        {
            using var transaction = copy.Begin();
            var before = range.Size;
            foreach (var batch in batches)
            {
                range = batch.Extend(range, table);
                copy.Insert(table, batch);
            }

            transaction.Commit();
            await progress.AddAsync(table, range.Size - before, batches.Sum(batch => batch.Bytes), 0, cancellationToken);
        }

        return range;
    }

    private static void ThrowUnless(bool isWhole, string table)
    {
        if (!isWhole)
        {
            throw FindingException.DoesNotVerify(FindingCode.RootMismatch, $"The entries of the retired log {table} are not those that it was retired with.");
        }
    }
}
