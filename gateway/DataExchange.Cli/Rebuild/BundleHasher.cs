using DataExchange.Cli.Sources;
using DataExchange.Merkle;

namespace DataExchange.Cli.Rebuild;

/// <summary>Reads and hashes one bundle after the other in the same memory: nothing is allocated an entry. For one thread at a time.</summary>
internal sealed class BundleHasher(LogResources log, IRebuildSink? sink, SemaphoreSlim large) : IDisposable
{
    private readonly ReadBuffer _bundle = new(large);
    private readonly ReadBuffer _tile = new();
    private readonly ReadOnlyMemory<byte>[] _entries = new ReadOnlyMemory<byte>[TileId.FullWidth];
    private readonly MerkleHash[] _hashes = new MerkleHash[TileId.FullWidth];
    private readonly byte[] _expected = new byte[LogResources.MaxTileLength];

    /// <summary>Hashes a bundle and compares its hash tile.</summary>
    /// <param name="bundle">Which.</param>
    /// <param name="keepLeaves">Whether the leaf hashes are wanted though the bundle is full.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="FindingException">The entries are missing or malformed, or the source cannot be read.</exception>
    public async ValueTask<HashedBundle> ReadAsync(TileId bundle, bool keepLeaves, CancellationToken cancellationToken)
    {
        await Entries.ReadAsync(log, bundle, _bundle, _entries, cancellationToken);
        var expected = HashLeaves(bundle.Width);
        var problem = log.HasTiles
            ? await TileComparison.CompareAsync(log, bundle with { Level = 0 }, expected, _tile, cancellationToken)
            : null;
        if (sink is not null)
        {
            await sink.BundleAsync(bundle, _bundle.Bytes[..Entries.LengthOf(_entries, bundle.Width)], expected, cancellationToken);
        }

        var leaves = keepLeaves || !bundle.IsFull ? _hashes[..bundle.Width] : null;
        return new HashedBundle(bundle.IsFull ? Fold() : default, leaves, problem);
    }

    public void Dispose()
    {
        _bundle.Dispose();
        _tile.Dispose();
    }

    /// <summary>A full bundle may stand in for a partial one: only the first entries count.</summary>
    private ReadOnlyMemory<byte> HashLeaves(int width)
    {
        TreeHasher.Leaves(_entries.AsSpan(0, width), _hashes.AsSpan(0, width));
        for (var i = 0; i < width; i++)
        {
            _hashes[i].CopyTo(_expected.AsSpan(i * MerkleHash.Size));
        }

        return _expected.AsMemory(0, width * MerkleHash.Size);
    }

    private MerkleHash Fold()
    {
        Span<MerkleHash> nodes = stackalloc MerkleHash[TileId.FullWidth / 2];
        TreeHasher.Nodes(_hashes, nodes);
        for (var count = nodes.Length; count > 1; count /= 2)
        {
            TreeHasher.Nodes(nodes[..count], nodes[..(count / 2)]);
        }

        return nodes[0];
    }
}
