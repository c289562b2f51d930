using System.Runtime.CompilerServices;
using DataExchange.Cli.Sources;
using DataExchange.Merkle;

namespace DataExchange.Cli.Verify;

/// <summary>Reads a log's entry bundles in order, a few ahead: memory is bounded by <see cref="ReadAhead"/> bundles, however large the log.</summary>
internal sealed class BundleReader(LogResources log, long size)
{
    private const int ReadAhead = 8;

    public async IAsyncEnumerable<Bundle> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var ahead = new Queue<Task<Bundle>>(ReadAhead);
        try
        {
            var next = 0L;
            while (true)
            {
                while (ahead.Count < ReadAhead && TileId.WidthAt(TileId.Entries, next, size) is > 0 and var width)
                {
                    var tile = new TileId(TileId.Entries, next++, width);
                    ahead.Enqueue(Task.Run(() => ReadAsync(tile, stop.Token), stop.Token));
                }

                if (ahead.Count == 0)
                {
                    yield break;
                }

                yield return await ahead.Dequeue();
            }
        }
        finally
        {
            // The first failure is the finding; what was under way beyond it is of no interest, but has to end before the source closes.
            await stop.CancelAsync();
            await ((Task)Task.WhenAll(ahead)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<Bundle> ReadAsync(TileId tile, CancellationToken cancellationToken)
    {
        var entries = await EntriesAsync(tile, cancellationToken);
        var hashes = new MerkleHash[tile.Width];
        var bytes = new byte[tile.Width * MerkleHash.Size];
        TreeHasher.Leaves([.. entries.Take(tile.Width)], hashes); // A full bundle may stand in for a partial one.
        for (var i = 0; i < hashes.Length; i++)
        {
            hashes[i].CopyTo(bytes.AsSpan(i * MerkleHash.Size));
        }

        return new Bundle(hashes, await TileComparison.CompareAsync(log, tile with { Level = 0 }, bytes, cancellationToken));
    }

    private async Task<IReadOnlyList<ReadOnlyMemory<byte>>> EntriesAsync(TileId tile, CancellationToken cancellationToken)
    {
        if (await log.TileAsync(tile, cancellationToken) is not var (bytes, width))
        {
            throw FindingException.DoesNotVerify(FindingCode.EntriesMissing, $"{tile.ToPath()} is missing.");
        }

        try
        {
            var entries = EntryBundle.Split(bytes);
            return entries.Count == width
                ? entries
                : throw FindingException.DoesNotVerify(
                    FindingCode.EntriesMalformed, $"{tile.ToPath()} holds {entries.Count} entries instead of {width}.");
        }
        catch (FormatException exception)
        {
            throw FindingException.DoesNotVerify(FindingCode.EntriesMalformed, $"{tile.ToPath()} is malformed: {exception.Message}");
        }
    }
}
