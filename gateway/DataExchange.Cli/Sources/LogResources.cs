using DataExchange.Merkle;

namespace DataExchange.Cli.Sources;

/// <summary>The resources of a log, each with the most bytes it can have.</summary>
internal sealed class LogResources(ILogSource source)
{
    private const int MaxVkeyLength = 1024;
    private const int MaxTileLength = TileId.FullWidth * MerkleHash.Size;
    private const int MaxBundleLength = TileId.FullWidth * (sizeof(ushort) + EntryBundle.MaxEntryLength);

    public Task<byte[]?> VkeyAsync(CancellationToken cancellationToken) => source.ReadAsync("vkey", MaxVkeyLength, cancellationToken);

    public Task<byte[]?> CheckpointAsync(CancellationToken cancellationToken) =>
        source.ReadAsync("checkpoint", SignedNote.MaxLength, cancellationToken);

    /// <summary>The bytes of a tile or bundle, and the width they were served at: a full one stands in for a partial one that was dropped.</summary>
    public async Task<(byte[] Bytes, int Width)?> TileAsync(TileId tile, CancellationToken cancellationToken)
    {
        var maxLength = tile.Level == TileId.Entries ? MaxBundleLength : MaxTileLength;
        if (await source.ReadAsync(tile.ToPath(), maxLength, cancellationToken) is { } exact)
        {
            return (exact, tile.Width);
        }

        var full = tile with { Width = TileId.FullWidth };
        return !tile.IsFull && await source.ReadAsync(full.ToPath(), maxLength, cancellationToken) is { } wider
            ? (wider, TileId.FullWidth)
            : null;
    }
}
