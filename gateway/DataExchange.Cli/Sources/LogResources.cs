using DataExchange.Merkle;

namespace DataExchange.Cli.Sources;

/// <summary>The resources of a log, each with the most bytes it can have.</summary>
internal sealed class LogResources(ILogSource source)
{
    /// <summary>Bytes of a full hash tile.</summary>
    public const int MaxTileLength = TileId.FullWidth * MerkleHash.Size;

    private const int MaxVkeyLength = 1024;
    private const int MaxBundleLength = TileId.FullWidth * (sizeof(ushort) + EntryBundle.MaxEntryLength);

    public SourcePace Pace => source.Pace;

    /// <inheritdoc cref="ILogSource.HasTiles"/>
    public bool HasTiles => source.HasTiles;

    public Task<byte[]?> VkeyAsync(CancellationToken cancellationToken) => ReadAsync("vkey", MaxVkeyLength, cancellationToken);

    public Task<byte[]?> CheckpointAsync(CancellationToken cancellationToken) => ReadAsync("checkpoint", SignedNote.MaxLength, cancellationToken);

    /// <summary>Reads a tile or bundle; returns the width it was served at, 0 when it is missing. A full one stands in for a partial one that was dropped.</summary>
    public async ValueTask<int> TileAsync(TileId tile, ReadBuffer into, CancellationToken cancellationToken)
    {
        var maxLength = tile.Level == TileId.Entries ? MaxBundleLength : MaxTileLength;
        if (await source.ReadAsync(tile.ToPath(), into, maxLength, cancellationToken))
        {
            return tile.Width;
        }

        var full = tile with { Width = TileId.FullWidth };
        return !tile.IsFull && await source.ReadAsync(full.ToPath(), into, maxLength, cancellationToken) ? full.Width : 0;
    }

    private async Task<byte[]?> ReadAsync(string path, int maxLength, CancellationToken cancellationToken)
    {
        using var buffer = new ReadBuffer();
        return await source.ReadAsync(path, buffer, maxLength, cancellationToken) ? buffer.Bytes.ToArray() : null;
    }
}
