using System.Globalization;
using DataExchange.Cli.Sources;
using DataExchange.Merkle;

namespace DataExchange.Cli.Trees;

/// <summary>A signed tree, read through its hash tiles. Everything it returns was proved against the signed root.</summary>
internal sealed class LogTree(LogResources log, Checkpoint checkpoint)
{
    private readonly TileTree _tiles = new(new PublishedTiles(log, checkpoint.Size));

    /// <summary>The proof that a leaf stands at an index.</summary>
    /// <exception cref="FindingException">The tiles do not lead from that leaf to the signed root.</exception>
    public Task<IReadOnlyList<MerkleHash>> InclusionAsync(long index, MerkleHash leaf, CancellationToken cancellationToken) => ReadAsync(async () =>
    {
        var proof = await _tiles.InclusionProofAsync(index, checkpoint.Size, cancellationToken);
        return ProofVerifier.Inclusion(index, checkpoint.Size, leaf, proof, checkpoint.Root)
            ? proof
            : throw FindingException.DoesNotVerify(
                FindingCode.NotIncluded,
                string.Create(CultureInfo.InvariantCulture, $"The tiles do not lead from entry {index} to the root that {checkpoint.Origin} signed."));
    });

    /// <summary>The proof that the tree extends its own beginning of a size, and the root of that.</summary>
    /// <exception cref="FindingException">The tiles do not lead to the signed root.</exception>
    public Task<(MerkleHash Root, IReadOnlyList<MerkleHash> Proof)> ConsistencyAsync(long size, CancellationToken cancellationToken) => ReadAsync(async () =>
    {
        var root = await _tiles.RootAsync(size, cancellationToken);
        var proof = await _tiles.ConsistencyProofAsync(size, checkpoint.Size, cancellationToken);
        return ProofVerifier.Consistency(size, checkpoint.Size, root, checkpoint.Root, proof)
            ? (root, proof)
            : throw FindingException.DoesNotVerify(
                FindingCode.TileMismatch,
                string.Create(CultureInfo.InvariantCulture, $"The tiles do not lead from {size:N0} entries to the root that {checkpoint.Origin} signed."));
    });

    /// <summary>The root that the tree had at a smaller size.</summary>
    /// <inheritdoc cref="ConsistencyAsync" path="/exception"/>
    public async Task<MerkleHash> AuthenticRootAsync(long size, CancellationToken cancellationToken) => (await ConsistencyAsync(size, cancellationToken)).Root;

    /// <summary>Checks that this tree extends an older one of the same log.</summary>
    /// <exception cref="FindingException">It is smaller, has another root there, or its tiles do not show it.</exception>
    public async Task CheckExtendsAsync(Checkpoint older, CancellationToken cancellationToken)
    {
        History.CheckHeads(older, checkpoint);
        if (older.Size < checkpoint.Size)
        {
            History.CheckRoot(older, await AuthenticRootAsync(older.Size, cancellationToken));
        }
    }

    private static async Task<T> ReadAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (TileUnavailableException exception)
        {
            throw FindingException.DoesNotVerify(FindingCode.TileMissing, exception.Message);
        }
    }
}
