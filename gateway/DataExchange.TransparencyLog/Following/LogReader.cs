using System.Buffers;
using System.Runtime.CompilerServices;
using DataExchange.Merkle;
using DataExchange.TransparencyLog.Stores;

namespace DataExchange.TransparencyLog.Following;

/// <summary>Entries and entry bundles, cut out of the stored batches.</summary>
internal static class LogReader
{
    public static async IAsyncEnumerable<StoredEntry> ReadAsync(
        ILogStore store, long first, long end, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (first < end)
        {
            foreach (var batch in await ReadBatchesAsync(store, first, end, BatchParts.All, cancellationToken))
            {
                BatchReader.ThrowUnlessHolds(batch, first);
                foreach (var entry in BatchReader.Entries(batch, first))
                {
                    if (entry.Index < end)
                    {
                        yield return entry;
                    }
                }

                first = batch.EndIndex;
            }
        }
    }

    /// <summary>The entries that have no search key.</summary>
    public static async IAsyncEnumerable<StoredEntry> ReadUnkeyedAsync(
        ILogStore store, long first, long end, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (first < end && await store.ReadUnkeyedAsync(first, end - first, cancellationToken) is { Count: > 0 } batches)
        {
            foreach (var batch in batches)
            {
                foreach (var entry in BatchReader.Entries(batch, first))
                {
                    if (entry.Index < end && entry.Key.IsEmpty)
                    {
                        yield return entry;
                    }
                }

                first = batch.EndIndex;
            }
        }
    }

    /// <summary>The bundle at its width in a tree of that size, or narrower; null when it is wider or not there.</summary>
    public static async ValueTask<ReadOnlyMemory<byte>?> BundleAsync(ILogStore store, TileId tile, long size, CancellationToken cancellationToken)
    {
        if (tile.Width < 1 || tile.Width > TileId.WidthAt(TileId.Entries, tile.Index, size))
        {
            return null;
        }

        var next = tile.Index * TileId.FullWidth;
        var end = next + tile.Width;
        var bundle = new ArrayBufferWriter<byte>();
        while (next < end)
        {
            foreach (var batch in await ReadBatchesAsync(store, next, end, BatchParts.Leaves, cancellationToken))
            {
                BatchReader.ThrowUnlessHolds(batch, next);
                bundle.Write(BatchReader.Bundle(batch, next, end).Span);
                next = batch.EndIndex;
            }
        }

        return bundle.WrittenMemory;
    }

    private static async ValueTask<IReadOnlyList<LogBatch>> ReadBatchesAsync(
        ILogStore store, long first, long end, BatchParts parts, CancellationToken cancellationToken)
    {
        var batches = await store.ReadAsync(first, end - first, parts, cancellationToken);
        return batches.Count > 0
            ? batches
            : throw new LogCorruptException($"Entry {first} is missing from the stored batches.");
    }
}
