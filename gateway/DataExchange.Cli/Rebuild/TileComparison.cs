using DataExchange.Cli.Sources;
using DataExchange.Merkle;

namespace DataExchange.Cli.Rebuild;

/// <summary>Holds served hash tiles against those that the entries make.</summary>
internal static class TileComparison
{
    /// <summary>What is wrong with the served tile; null when it is the same, byte for byte.</summary>
    public static async ValueTask<FindingException?> CompareAsync(
        LogResources log, TileId tile, ReadOnlyMemory<byte> expected, ReadBuffer buffer, CancellationToken cancellationToken)
    {
        var width = await log.TileAsync(tile, buffer, cancellationToken);
        return width == 0
            ? FindingException.DoesNotVerify(FindingCode.TileMissing, $"{tile.ToPath()} is missing.")
            : buffer.Length == width * MerkleHash.Size && buffer.Bytes.Span[..expected.Length].SequenceEqual(expected.Span)
            ? null
            : FindingException.DoesNotVerify(FindingCode.TileMismatch, $"{tile.ToPath()} is not the tile that the entries make.");
    }
}
