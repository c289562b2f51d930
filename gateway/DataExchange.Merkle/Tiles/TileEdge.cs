namespace DataExchange.Merkle;

/// <summary>
/// The growing right edge of a tiled tree: takes leaf hashes in order, hands out each full tile once, and holds the partial tile of
/// every level. Not safe for many writers; bytes it handed out never change.
/// </summary>
public sealed class TileEdge
{
    private readonly List<OpenTile> _levels = [];

    /// <summary>The edge of the empty tree.</summary>
    public TileEdge()
    {
    }

    /// <summary>Leaves so far.</summary>
    public long Size { get; private set; }

    /// <summary>
    /// Reads the edge of a tree from stored tiles. A partial tile above level 0 that is not stored is made from the full tiles below it,
    /// so a store of full tiles suffices for sizes that are multiples of 256.
    /// </summary>
    /// <exception cref="TileUnavailableException">A tile that is needed is missing or has the wrong length.</exception>
    public static async ValueTask<TileEdge> LoadAsync(ITileSource source, long size, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        var edge = new TileEdge { Size = size };
        for (var level = 0; TileId.CountAt(level, size) > 0; level++)
        {
            edge._levels.Add(await OpenTile.LoadAsync(source, level, size, cancellationToken));
        }

        return edge;
    }

    /// <summary>Appends leaf hashes. Returns the tiles that became full, each before the tile above that holds its hash.</summary>
    public IReadOnlyList<(TileId Tile, byte[] Hashes)> Append(IReadOnlyList<MerkleHash> leafHashes)
    {
        ArgumentNullException.ThrowIfNull(leafHashes);
        var full = new List<(TileId, byte[])>();
        foreach (var hash in leafHashes)
        {
            Append(0, hash, full);
        }

        Size += leafHashes.Count;
        return full;
    }

    /// <summary>A partial tile of the edge, at its present width or a narrower one; null for any other tile.</summary>
    public ReadOnlyMemory<byte>? Read(TileId tile) =>
        tile.Level >= 0 && tile.Level < _levels.Count && tile.Width > 0 ? _levels[tile.Level].Read(tile) : null;

    /// <summary>The partial tiles as they stand, lowest level first. Levels whose last tile is full have none.</summary>
    public IReadOnlyList<(TileId Tile, ReadOnlyMemory<byte> Hashes)> PartialTiles() =>
        [.. _levels.Where(open => open.Width > 0).Select(open => (open.Id, open.Hashes))];

    /// <summary>The root of the tree as it stands.</summary>
    public MerkleHash Root()
    {
        MerkleHash? root = null;
        foreach (var open in _levels)
        {
            root = TileHashes.JoinFromRight(open.Hashes.Span, root);
        }

        return root ?? TreeHasher.EmptyRoot;
    }

    /// <summary>The same tree as a compact range: its nodes are the widest subtrees that the partial tiles hold.</summary>
    public CompactRange ToRange()
    {
        var nodes = new List<MerkleHash>();
        foreach (var open in _levels)
        {
            TileHashes.SplitFromRight(open.Hashes.Span, nodes);
        }

        nodes.Reverse();
        return nodes.Count == 0 ? CompactRange.Empty : new CompactRange(Size, [.. nodes], Root());
    }

    private void Append(int level, in MerkleHash hash, List<(TileId, byte[])> full)
    {
        if (level == _levels.Count)
        {
            _levels.Add(new OpenTile(level));
        }

        if (_levels[level].Append(hash) is { } tile)
        {
            full.Add(tile);
            Append(level + 1, TileHashes.Fold(tile.Hashes), full);
        }
    }
}
