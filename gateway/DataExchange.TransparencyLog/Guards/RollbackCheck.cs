using DataExchange.Merkle;
using DataExchange.TransparencyLog.Following;

namespace DataExchange.TransparencyLog.Guards;

/// <summary>Holds a verified tree against everything that anybody remembers of the log. Runs before the first signature after a start.</summary>
internal static class RollbackCheck
{
    /// <exception cref="LogRolledBackException">The tree is not an extension of one of them.</exception>
    public static async Task RunAsync(string origin, TreeTiles tree, IEnumerable<KnownCheckpoint> known, CancellationToken cancellationToken)
    {
        // The largest first: where several say that entries are lost, the operator wants to know how many at most.
        foreach (var (checkpoint, source) in known.OrderByDescending(one => one.Checkpoint.Size))
        {
            if (checkpoint.Size > tree.Size)
            {
                throw LogRolledBackException.Lost(origin, tree.Size, checkpoint.Size, source);
            }

            if (await new TileTree(tree).RootAsync(checkpoint.Size, cancellationToken) != checkpoint.Root)
            {
                throw LogRolledBackException.Forked(origin, checkpoint.Size, source);
            }
        }
    }
}
