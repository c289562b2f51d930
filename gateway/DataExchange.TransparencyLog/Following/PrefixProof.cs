using DataExchange.Merkle;

namespace DataExchange.TransparencyLog.Following;

/// <summary>
/// The root of a tree at an earlier size, and the proof that the tree extends it. Made from tiles, which are not trusted: what is made
/// here folds up to the root that was signed, so a damaged tile cannot be taken for another history.
/// </summary>
/// <param name="Root">The root at the earlier size.</param>
/// <param name="Hashes">The consistency proof from there.</param>
internal sealed record PrefixProof(MerkleHash Root, IReadOnlyList<MerkleHash> Hashes)
{
    /// <param name="tiles">The tiles.</param>
    /// <param name="root">The tree's root, which is known to be right.</param>
    /// <param name="size">The earlier size, at most the tree's.</param>
    /// <param name="cancellationToken">Stops between reads.</param>
    /// <exception cref="LogCorruptException">The tiles do not give it.</exception>
    public static async Task<PrefixProof> MakeAsync(TreeTiles tiles, MerkleHash root, long size, CancellationToken cancellationToken)
    {
        try
        {
            var tree = new TileTree(tiles);
            var proof = new PrefixProof(await tree.RootAsync(size, cancellationToken), await tree.ConsistencyProofAsync(size, tiles.Size, cancellationToken));
            if (ProofVerifier.Consistency(size, tiles.Size, proof.Root, root, proof.Hashes))
            {
                return proof;
            }
        }
        catch (TileUnavailableException exception)
        {
            throw Corrupt(tiles, size, exception);
        }

        throw Corrupt(tiles, size, cause: null);
    }

    private static LogCorruptException Corrupt(TreeTiles tiles, long size, Exception? cause) => new(
        $"The stored tiles do not show how the log of {tiles.Size} entries extends its first {size}. Delete tiles.db: it is rebuilt from the log.", cause);
}
