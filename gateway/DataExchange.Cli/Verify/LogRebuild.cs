using System.Globalization;
using DataExchange.Cli.Output;
using DataExchange.Cli.Sources;
using DataExchange.Merkle;

namespace DataExchange.Cli.Verify;

/// <summary>Builds the tree again from the entries and holds everything else against it.</summary>
internal sealed class LogRebuild(LogResources log, Checkpoint checkpoint, Checkpoint? remembered)
{
    private readonly TileEdge _edge = new();
    private FindingException? _tileProblem;
    private MerkleHash? _rememberedRoot;
    private long _hashTiles;

    /// <summary>Returns the number of hash tiles compared.</summary>
    /// <exception cref="FindingException">Something does not hold; the gravest finding that reading all entries allows.</exception>
    public async Task<long> RunAsync(ProgressBar progress, CancellationToken cancellationToken)
    {
        progress.Report(0, checkpoint.Size);
        await foreach (var bundle in new BundleReader(log, checkpoint.Size).ReadAsync(cancellationToken))
        {
            Note(bundle.TileProblem);
            foreach (var (tile, hashes) in Append(bundle.LeafHashes).Where(full => full.Tile.Level > 0))
            {
                Note(await TileComparison.CompareAsync(log, tile, hashes, cancellationToken));
            }

            progress.Report(_edge.Size, checkpoint.Size);
        }

        foreach (var (tile, hashes) in _edge.PartialTiles().Where(partial => partial.Tile.Level > 0))
        {
            Note(await TileComparison.CompareAsync(log, tile, hashes, cancellationToken));
        }

        Conclude();
        return _hashTiles;
    }

    /// <summary>Appends, stopping over at the remembered size to take the root there.</summary>
    private List<(TileId Tile, byte[] Hashes)> Append(MerkleHash[] leafHashes)
    {
        var full = new List<(TileId, byte[])>();
        var untilRemembered = remembered is null ? -1 : remembered.Size - _edge.Size;
        if (untilRemembered > 0 && untilRemembered <= leafHashes.Length)
        {
            full.AddRange(_edge.Append(leafHashes[..(int)untilRemembered]));
            _rememberedRoot = _edge.Root();
            leafHashes = leafHashes[(int)untilRemembered..];
        }

        full.AddRange(_edge.Append(leafHashes));
        return full;
    }

    private void Note(FindingException? tileProblem)
    {
        _hashTiles++;
        _tileProblem ??= tileProblem;
    }

    private void Conclude()
    {
        if (_edge.Root() != checkpoint.Root)
        {
            throw FindingException.DoesNotVerify(
                FindingCode.RootMismatch,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The {checkpoint.Size:N0} entries do not make the root that {checkpoint.Origin} signed.")
                + (_tileProblem is null ? "" : $" The first difference: {_tileProblem.Message}"));
        }

        if (remembered is not null)
        {
            History.CheckRoot(remembered, _rememberedRoot ?? TreeHasher.EmptyRoot);
        }

        if (_tileProblem is not null)
        {
            throw _tileProblem;
        }
    }
}
