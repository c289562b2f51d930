using DataExchange.Cli.Sources;
using DataExchange.Merkle;

namespace DataExchange.Cli.Verify;

/// <summary>Holds served hash tiles against those that the entries make.</summary>
internal static class TileComparison
{
    /// <summary>What is wrong with the served tile; null when it is the same, byte for byte.</summary>
    public static async Task<FindingException?> CompareAsync(
        LogResources log, TileId tile, ReadOnlyMemory<byte> expected, CancellationToken cancellationToken)
    {
        if (await log.TileAsync(tile, cancellationToken) is not var (bytes, width))
        {
            return FindingException.DoesNotVerify(FindingCode.TileMissing, $"{tile.ToPath()} is missing.");
        }

        return bytes.Length == width * MerkleHash.Size && bytes.AsSpan(0, expected.Length).SequenceEqual(expected.Span)
            ? null
            : FindingException.DoesNotVerify(FindingCode.TileMismatch, $"{tile.ToPath()} is not the tile that the entries make.");
    }
}
