using DataExchange.Cli.Sources;
using DataExchange.Merkle;

namespace DataExchange.Cli.Trees;

/// <summary>The hash tiles of a published tree. A narrower tile is the first hashes of the one that stands there.</summary>
internal sealed class PublishedTiles(LogResources log, long size) : ITileSource
{
    /// <exception cref="FindingException">The tile has a length that it cannot have, or the source cannot be read.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(TileId tile, CancellationToken cancellationToken)
    {
        var published = tile with { Width = TileId.WidthAt(tile.Level, tile.Index, size) };
        if (published.Width < tile.Width)
        {
            return null;
        }

        using var buffer = new ReadBuffer();
        var width = await log.TileAsync(published, buffer, cancellationToken);
        return width == 0 ? null
            : buffer.Length == width * MerkleHash.Size ? buffer.Bytes[..(tile.Width * MerkleHash.Size)]
            : throw FindingException.DoesNotVerify(
                FindingCode.TileMismatch, $"{tile.ToPath()} has {buffer.Length} bytes instead of {width * MerkleHash.Size}.");
    }

    /// <summary>The leaf hashes that follow the last full bundle; as few as there are when a tile is missing.</summary>
    public async Task<MerkleHash[]> TailAsync(CancellationToken cancellationToken)
    {
        var (index, width) = Math.DivRem(size, TileId.FullWidth);
        var tile = width == 0 ? default : await ReadAsync(new TileId(0, index, (int)width), cancellationToken) ?? default;
        return [.. Enumerable.Range(0, tile.Length / MerkleHash.Size).Select(place => new MerkleHash(tile.Span.Slice(place * MerkleHash.Size, MerkleHash.Size)))];
    }
}
