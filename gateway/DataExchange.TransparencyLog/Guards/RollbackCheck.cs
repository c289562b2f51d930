using DataExchange.TransparencyLog.Following;

namespace DataExchange.TransparencyLog.Guards;

/// <summary>Holds a verified tree against everything that anybody remembers of the log. Runs before the first signature after a start.</summary>
internal static class RollbackCheck
{
    /// <param name="origin">The log.</param>
    /// <param name="tree">Its tree, whose range has been verified.</param>
    /// <param name="tiles">The tree's tiles.</param>
    /// <param name="known">What is remembered.</param>
    /// <param name="cancellationToken">Stops between reads.</param>
    /// <exception cref="LogRolledBackException">The tree is not an extension of one of them.</exception>
    /// <exception cref="LogCorruptException">The tiles do not show whether it is.</exception>
    public static async Task RunAsync(string origin, TreeFollower tree, TreeTiles tiles, IEnumerable<KnownCheckpoint> known, CancellationToken cancellationToken)
    {
        // The largest first: where several say that entries are lost, the operator wants to know how many at most.
        foreach (var (checkpoint, source) in known.OrderByDescending(one => one.Checkpoint.Size))
        {
            if (checkpoint.Size > tiles.Size)
            {
                throw LogRolledBackException.Lost(origin, tiles.Size, checkpoint.Size, source);
            }

            var prefix = await PrefixProof.MakeAsync(tiles, tree.Range.Root(), checkpoint.Size, cancellationToken);
            if (prefix.Root != checkpoint.Root)
            {
                throw LogRolledBackException.Forked(origin, checkpoint.Size, source);
            }
        }
    }
}
