using DataExchange.Merkle;
using DataExchange.TransparencyLog.Scrubbing;

namespace DataExchange.TransparencyLog.Following;

/// <summary>
/// Inclusion proofs that verify. Stored tiles are not trusted: a proof is folded up to the signed root before it leaves, which costs
/// some ten microseconds and means that a damaged tile costs an answer and never gives a wrong one.
/// </summary>
internal sealed class CheckedProof : ITileSource
{
    private readonly PublishedView _view;
    private readonly Dictionary<TileId, ReadOnlyMemory<byte>> _read = [];

    private CheckedProof(PublishedView view) => _view = view;

    /// <exception cref="LogCorruptException">The tiles do not give a proof; the scrubber has been told.</exception>
    public static async ValueTask<TlogProof> MakeAsync(PublishedView view, long index, Scrubber scrubber, CancellationToken cancellationToken)
    {
        var (size, root) = (view.Checkpoint.Size, view.Checkpoint.Checkpoint.Root);
        try
        {
            var tiles = new CheckedProof(view);
            var hashes = await new TileTree(tiles).InclusionProofAsync(index, size, cancellationToken);
            if (ProofVerifier.Inclusion(index, size, await tiles.LeafAsync(index, cancellationToken), hashes, root))
            {
                return new TlogProof(index, hashes, view.Checkpoint.Note);
            }
        }
        catch (TileUnavailableException exception)
        {
            throw Corrupt(index, size, scrubber, exception);
        }

        throw Corrupt(index, size, scrubber, cause: null);
    }

    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(TileId tile, CancellationToken cancellationToken)
    {
        if (!_read.TryGetValue(tile, out var hashes))
        {
            if (await _view.Tiles.ReadAsync(tile, cancellationToken) is not { } found)
            {
                return null;
            }

            _read.Add(tile, hashes = found);
        }

        return hashes;
    }

    // A hash that folds up to the signed root is the leaf's own: nobody can make another that does.
    private async ValueTask<MerkleHash> LeafAsync(long index, CancellationToken cancellationToken)
    {
        var (tile, place) = Math.DivRem(index, TileId.FullWidth);
        var id = new TileId(0, tile, TileId.WidthAt(0, tile, _view.Checkpoint.Size));
        var hashes = await ReadAsync(id, cancellationToken) ?? throw new TileUnavailableException(id);
        return new MerkleHash(hashes.Span.Slice((int)place * MerkleHash.Size, MerkleHash.Size));
    }

    private static LogCorruptException Corrupt(long index, long size, Scrubber scrubber, Exception? cause)
    {
        scrubber.ReportProof($"no proof of entry {index} at {size} that verifies.");
        return new LogCorruptException($"The stored tiles give no proof of entry {index} at {size} that verifies. They are being checked against the entries; try again later.", cause);
    }
}
