namespace DataExchange.Merkle;

/// <summary>Roots and proofs of any size up to what the tiles hold. It trusts the tiles; check what it returns against a signed root.</summary>
/// <exception cref="TileUnavailableException">Thrown by every method when a tile is missing or has the wrong length.</exception>
public sealed class TileTree(ITileSource tiles)
{
    /// <summary>The root at a size.</summary>
    public async ValueTask<MerkleHash> RootAsync(long size, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        return size == 0
            ? TreeHasher.EmptyRoot
            : await new TileReader(tiles, size).HashAsync(new TreeNode(TreeNode.RootLevel(size), 0), cancellationToken);
    }

    /// <summary>The inclusion proof of a leaf at a size, the leaf's sibling first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such leaf at that size.</exception>
    public ValueTask<IReadOnlyList<MerkleHash>> InclusionProofAsync(long index, long size, CancellationToken cancellationToken) =>
        ReadAsync(ProofPaths.Inclusion(index, size), size, cancellationToken);

    /// <summary>The consistency proof between two sizes; empty when the sizes are equal or the old one is 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The old size is negative or larger than the new.</exception>
    public ValueTask<IReadOnlyList<MerkleHash>> ConsistencyProofAsync(long oldSize, long newSize, CancellationToken cancellationToken) =>
        ReadAsync(ProofPaths.Consistency(oldSize, newSize), newSize, cancellationToken);

    private async ValueTask<IReadOnlyList<MerkleHash>> ReadAsync(List<TreeNode> path, long size, CancellationToken cancellationToken)
    {
        var reader = new TileReader(tiles, size);
        var proof = new MerkleHash[path.Count];
        for (var i = 0; i < proof.Length; i++)
        {
            proof[i] = await reader.HashAsync(path[i], cancellationToken);
        }

        return proof;
    }
}
