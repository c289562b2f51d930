using System.Collections.Concurrent;
using DataExchange.Cli.Rebuild;
using DataExchange.Merkle;

namespace DataExchange.Cli.Follow;

/// <summary>What was verified, in 32 bytes a bundle: it is read a second time to be printed, and then has to be the same.</summary>
internal sealed class BundleDigests : IRebuildSink
{
    private readonly ConcurrentDictionary<long, MerkleHash> _digests = [];

    public ValueTask BundleAsync(TileId bundle, ReadOnlyMemory<byte> entries, ReadOnlyMemory<byte> hashes, CancellationToken cancellationToken)
    {
        _digests[bundle.Index] = TreeHasher.Leaf(entries.Span);
        return ValueTask.CompletedTask;
    }

    public ValueTask TileAsync(TileId tile, ReadOnlyMemory<byte> hashes, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>Whether these are the entries that were verified.</summary>
    public bool Holds(TileId bundle, ReadOnlySpan<byte> entries) => _digests.TryGetValue(bundle.Index, out var digest) && digest == TreeHasher.Leaf(entries);
}
