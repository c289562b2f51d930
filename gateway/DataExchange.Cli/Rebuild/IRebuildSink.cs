using DataExchange.Merkle;

namespace DataExchange.Cli.Rebuild;

/// <summary>Receives what is read and made while a tree is built again, before it is known whether the whole is what was signed.</summary>
internal interface IRebuildSink
{
    /// <summary>An entry bundle and the hash tile over it. Comes in any order, from many threads; the memory is reused.</summary>
    ValueTask BundleAsync(TileId bundle, ReadOnlyMemory<byte> entries, ReadOnlyMemory<byte> hashes, CancellationToken cancellationToken);

    /// <summary>A hash tile of level 1 or above. One after the other.</summary>
    ValueTask TileAsync(TileId tile, ReadOnlyMemory<byte> hashes, CancellationToken cancellationToken);
}
