using System.Buffers;
using System.Runtime.CompilerServices;
using DataExchange.Merkle;
using DataExchange.TransparencyLog.Following;
using DataExchange.TransparencyLog.Stores;

namespace DataExchange.TransparencyLog.Adoption;

/// <summary>The batches of a log that takes a retired one's place.</summary>
internal static class Successor
{
    /// <param name="store">The retired log, still in place.</param>
    /// <param name="retired">Where it ends.</param>
    /// <param name="first">The first leaf.</param>
    /// <param name="isCarried">Whether the retired log's entries follow.</param>
    /// <param name="time">When all of it is committed, milliseconds since 1970 UTC.</param>
    /// <param name="cancellationToken">Stops between reads.</param>
    /// <exception cref="LogCorruptException">What is read does not make the retired log's head.</exception>
    public static async IAsyncEnumerable<SucceedingBatch> BatchesAsync(
        ILogStore store, LogHead retired, ReadOnlyMemory<byte> first, bool isCarried, long time, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var range = CompactRange.Empty.Extend([TreeHasher.Leaf(first.Span)]).After;
        yield return new SucceedingBatch(FirstOf(first, range.Root(), time), new LogHead(range, time));
        if (!isCarried)
        {
            yield break;
        }

        // Hashed onto the old tree as well: what is carried over is what the old head stands for, and not what a bad read made of it.
        var old = CompactRange.Empty;
        await foreach (var batch in StoredLog.BatchesAsync(store, retired.Size, BatchParts.All, cancellationToken))
        {
            (old, var hashes) = BatchReader.Extend(old, batch, retired.Size);
            range = range.Extend(hashes).After;
            var carried = batch with { Id = BatchId.New(), FirstIndex = batch.FirstIndex + 1, Root = range.Root(), Time = time };
            yield return new SucceedingBatch(carried, new LogHead(range, time));
        }

        if (old.Root() != retired.Range.Root())
        {
            throw new LogCorruptException($"The {retired.Size} entries to carry over do not make the head of the log that is retired.");
        }
    }

    private static LogBatch FirstOf(ReadOnlyMemory<byte> leaf, MerkleHash root, long time)
    {
        var (leaves, records, keys) = (new ArrayBufferWriter<byte>(), new ArrayBufferWriter<byte>(), new ArrayBufferWriter<byte>());
        EntryBundle.Write(leaves, leaf.Span);
        Prefixed.WriteU32(records, []);
        EntryBundle.Write(keys, []);
        return new LogBatch
        {
            Id = BatchId.New(),
            FirstIndex = 0,
            Count = 1,
            Leaves = leaves.WrittenMemory,
            Sealed = records.WrittenMemory,
            Keys = keys.WrittenMemory,
            Root = root,
            Time = time,
        };
    }
}
