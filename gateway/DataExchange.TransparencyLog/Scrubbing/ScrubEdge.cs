using DataExchange.Merkle;
using DataExchange.TransparencyLog.Stores;

namespace DataExchange.TransparencyLog.Scrubbing;

/// <summary>The partial tiles of a pass as bytes: what a later process needs to go on.</summary>
internal static class ScrubEdge
{
    public static byte[] Save(TileEdge edge)
    {
        var bytes = new List<byte>();
        foreach (var (_, hashes) in edge.PartialTiles())
        {
            bytes.AddRange(hashes.Span);
        }

        return [.. bytes];
    }

    /// <summary>The edge that was saved, or null when it is not the tree that the batch before its end was committed with: then a pass begins anew.</summary>
    public static async ValueTask<TileEdge?> LoadAsync(ScrubProgress progress, ILogStore batches, CancellationToken cancellationToken)
    {
        if (progress.Size == 0 || await batches.ReadAsync(progress.Size - 1, 1, BatchParts.None, cancellationToken) is not [var last, ..] || last.EndIndex != progress.Size)
        {
            return null;
        }

        try
        {
            var edge = await TileEdge.LoadAsync(new Saved(progress), progress.Size, cancellationToken);
            return edge.Root() == last.Root ? edge : null;
        }
        catch (TileUnavailableException)
        {
            return null;
        }
    }

    private sealed class Saved(ScrubProgress progress) : ITileSource
    {
        public ValueTask<ReadOnlyMemory<byte>?> ReadAsync(TileId tile, CancellationToken cancellationToken)
        {
            var start = 0;
            for (var level = 0; level < tile.Level; level++)
            {
                start += (int)((progress.Size >> (8 * level)) % TileId.FullWidth) * MerkleHash.Size;
            }

            var length = tile.Width * MerkleHash.Size;
            return ValueTask.FromResult<ReadOnlyMemory<byte>?>(start + length <= progress.Edge.Length ? progress.Edge.Slice(start, length) : null);
        }
    }
}
