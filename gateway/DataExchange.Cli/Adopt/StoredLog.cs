using DataExchange.Cli.DataFolders;
using DataExchange.Cli.Fsck;
using DataExchange.Merkle;

namespace DataExchange.Cli.Adopt;

/// <summary>A log of a data folder whose batches dx fsck has accepted.</summary>
/// <param name="Log">One of <see cref="LogName"/>.</param>
/// <param name="Generation">Which of the logs of that name.</param>
/// <param name="Key">The key that it is signed under.</param>
/// <param name="Head">The tree over its entries.</param>
internal sealed record StoredLog(string Log, int Generation, NoteVerifier Key, CompactRange Head)
{
    /// <exception cref="FindingException">The folder does not say which key signs the log.</exception>
    public static StoredLog Read(ReadDatabase exchange, string log)
    {
        if (SigningKey.Read(exchange, log) is not { } kept || !NoteVerifier.TryParse(kept, out var key))
        {
            throw FindingException.CannotTell(
                FindingCode.SourceUnreadable, $"The folder does not say which key the log {log} is signed under. Start the gateway once: it notes the key, even when it then refuses.");
        }

        var head = StoredHead.Read(exchange, log) is { } stored ? CompactRange.FromBytes(stored.Size, stored.Range) : CompactRange.Empty;
        return new StoredLog(log, RetiredLog.Current(exchange, log), key, head);
    }

    /// <summary>Whether the checkpoint is of a tree that this one is not an extension of.</summary>
    public bool Contradicts(Checkpoint checkpoint, ReadDatabase exchange, CancellationToken cancellationToken) =>
        checkpoint.Size > Head.Size || RootAt(checkpoint.Size, exchange, cancellationToken) != checkpoint.Root;

    private MerkleHash RootAt(long size, ReadDatabase exchange, CancellationToken cancellationToken)
    {
        var range = CompactRange.Empty;
        foreach (var row in exchange.Rows(StoredBatch.Query(Log)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (range.Size == size)
            {
                break;
            }

            var leaves = StoredItems.SplitU16(StoredBatch.From(row).Leaves) ?? throw new InvalidDataException("A batch that was accepted cannot be split.");
            var hashes = new MerkleHash[Math.Min(leaves.Count, size - range.Size)];
            TreeHasher.Leaves([.. leaves.Take(hashes.Length)], hashes);
            range = range.Extend(hashes).After;
        }

        return range.Root();
    }
}
