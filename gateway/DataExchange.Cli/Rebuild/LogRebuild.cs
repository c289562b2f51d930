using System.Globalization;
using DataExchange.Cli.Output;
using DataExchange.Cli.Sources;
using DataExchange.Cli.Trees;
using DataExchange.Merkle;

namespace DataExchange.Cli.Rebuild;

/// <summary>Builds the tree again from the entries and holds everything else against it.</summary>
/// <param name="log">Where the entries are.</param>
/// <param name="checkpoint">What was signed.</param>
/// <param name="remembered">What was signed earlier, if anything is known.</param>
/// <param name="tree">Where to begin: the empty tree, or the full bundles that are known already.</param>
internal sealed class LogRebuild(LogResources log, Checkpoint checkpoint, Checkpoint? remembered, UpperTree tree)
{
    private readonly long _first = tree.Bundles;
    private MerkleHash[] _tail = [];
    private FindingException? _tileProblem;
    private MerkleHash? _rememberedRoot;

    /// <summary>Receives what is read and made.</summary>
    public IRebuildSink? Sink { get; init; }

    /// <summary>Called when something more was read and nothing is wrong so far.</summary>
    public Func<Task>? OnProgress { get; set; }

    /// <summary>Hash tiles compared.</summary>
    public long HashTiles { get; private set; }

    /// <summary>Entries that were read.</summary>
    public long EntriesRead => checkpoint.Size - Known;

    /// <summary>Entries in full bundles that were read and in order up to now; null once something was wrong.</summary>
    public (long Entries, MerkleHash Root)? Verified =>
        _tileProblem is null ? (tree.Bundles * TileId.FullWidth, tree.RootAt([])) : null;

    private long Known => _first * TileId.FullWidth;

    /// <summary>Reads it all.</summary>
    /// <exception cref="FindingException">Something does not hold; the gravest finding that reading all entries allows.</exception>
    public async Task RunAsync(ProgressBar progress, CancellationToken cancellationToken)
    {
        progress.Report(0, EntriesRead);
        TakeRememberedRoot([]);
        using var buffer = new ReadBuffer();
        var reader = new BundleReader(log, checkpoint.Size, remembered?.Size / TileId.FullWidth ?? -1, Sink);
        await foreach (var run in reader.ReadAsync(_first, cancellationToken))
        {
            foreach (var bundle in run)
            {
                await TakeAsync(bundle, buffer, cancellationToken);
            }

            progress.Report((tree.Bundles * TileId.FullWidth) + _tail.Length - Known, EntriesRead);
            if (OnProgress is not null && _tileProblem is null)
            {
                await OnProgress();
            }
        }

        foreach (var (tile, hashes) in tree.PartialTiles())
        {
            await TakeTileAsync(tile, hashes, buffer, cancellationToken);
        }

        await ConcludeAsync(cancellationToken);
    }

    private async ValueTask TakeAsync(HashedBundle bundle, ReadBuffer buffer, CancellationToken cancellationToken)
    {
        Note(bundle.TileProblem);
        TakeRememberedRoot(bundle.LeafHashes ?? []);
        if (bundle.LeafHashes is { Length: < TileId.FullWidth } tail)
        {
            _tail = tail;
            return;
        }

        foreach (var (tile, hashes) in tree.Append(bundle.Root))
        {
            await TakeTileAsync(tile, hashes, buffer, cancellationToken);
        }

        TakeRememberedRoot([]);
    }

    private async ValueTask TakeTileAsync(TileId tile, ReadOnlyMemory<byte> hashes, ReadBuffer buffer, CancellationToken cancellationToken)
    {
        Note(log.HasTiles ? await TileComparison.CompareAsync(log, tile, hashes, buffer, cancellationToken) : null);
        if (Sink is not null)
        {
            await Sink.TileAsync(tile, hashes, cancellationToken);
        }
    }

    private void Note(FindingException? tileProblem)
    {
        HashTiles++;
        _tileProblem ??= tileProblem;
    }

    /// <summary>Takes the root at the remembered size when the tree and these next leaves reach it.</summary>
    private void TakeRememberedRoot(ReadOnlySpan<MerkleHash> next)
    {
        if (remembered is not null && Math.DivRem(remembered.Size, TileId.FullWidth) is var (bundles, width)
            && bundles == tree.Bundles && width <= next.Length)
        {
            _rememberedRoot ??= tree.RootAt(next[..(int)width]);
        }
    }

    private async Task ConcludeAsync(CancellationToken cancellationToken)
    {
        if (tree.RootAt(_tail) != checkpoint.Root)
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
            // What was known already may reach beyond what is remembered; then the tiles, which lead to the signed root, say what was there.
            History.CheckRoot(
                remembered, _rememberedRoot ?? await new LogTree(log, checkpoint).AuthenticRootAsync(remembered.Size, cancellationToken));
        }

        if (_tileProblem is not null)
        {
            throw _tileProblem;
        }
    }
}
