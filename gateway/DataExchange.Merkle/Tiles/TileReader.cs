namespace DataExchange.Merkle;

/// <summary>Reads node hashes out of the tiles of a tree of one size; each tile is read at most once. For one proof, one thread.</summary>
internal sealed class TileReader(ITileSource source, long size)
{
    private readonly Dictionary<(int Level, long Index), ReadOnlyMemory<byte>> _read = [];

    /// <summary>The hash of a node, whether complete or cut off at the tree's size.</summary>
    public async ValueTask<MerkleHash> HashAsync(TreeNode node, CancellationToken cancellationToken)
    {
        if (node.IsComplete(size))
        {
            return await CompleteAsync(node, cancellationToken);
        }

        // A subtree cut off at the end: its complete parts have the sizes of the bits of its width, smallest at the right.
        MerkleHash? hash = null;
        for (var width = size - node.Start; width != 0; width &= width - 1)
        {
            var level = System.Numerics.BitOperations.TrailingZeroCount(width);
            var part = await CompleteAsync(new TreeNode(level, (size >> level) - 1), cancellationToken);
            hash = hash is { } right ? TreeHasher.Node(part, right) : part;
        }

        return hash ?? throw new InvalidOperationException("A node without leaves has no hash.");
    }

    private async ValueTask<MerkleHash> CompleteAsync(TreeNode node, CancellationToken cancellationToken)
    {
        var (tileLevel, height) = Math.DivRem(node.Level, TileHashes.Height);
        var (tileIndex, place) = Math.DivRem(node.Index << height, TileId.FullWidth);
        var tile = await TileAsync(tileLevel, tileIndex, cancellationToken);
        return TileHashes.Fold(tile.Span.Slice((int)place * MerkleHash.Size, MerkleHash.Size << height));
    }

    private async ValueTask<ReadOnlyMemory<byte>> TileAsync(int level, long index, CancellationToken cancellationToken)
    {
        if (_read.TryGetValue((level, index), out var known))
        {
            return known;
        }

        var tile = new TileId(level, index, TileId.WidthAt(level, index, size));
        var bytes = await ReadAsync(tile, cancellationToken);
        _read.Add((level, index), bytes);
        return bytes;
    }

    private async ValueTask<ReadOnlyMemory<byte>> ReadAsync(TileId tile, CancellationToken cancellationToken)
    {
        if (await source.ReadAsync(tile, cancellationToken) is { } exact)
        {
            return Checked(tile, exact);
        }

        // A partial tile may be dropped once the full one stands; its hashes are the first of the full one.
        var full = tile with { Width = TileId.FullWidth };
        if (!tile.IsFull && await source.ReadAsync(full, cancellationToken) is { } wider)
        {
            return Checked(full, wider)[..(tile.Width * MerkleHash.Size)];
        }

        throw new TileUnavailableException(tile);
    }

    private static ReadOnlyMemory<byte> Checked(TileId tile, ReadOnlyMemory<byte> bytes) =>
        bytes.Length == tile.Width * MerkleHash.Size ? bytes : throw new TileUnavailableException(tile, bytes.Length);
}
