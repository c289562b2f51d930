using DataExchange.TransparencyLog.Guards;
using DataExchange.TransparencyLog.Stores;

namespace DataExchange.TransparencyLog.Following;

/// <summary>Decides whether what is stored is the log that was signed. Runs before the first signature and after every failure.</summary>
internal sealed class LogVerification(ILogStore batches, ITileStore tiles, string origin)
{
    /// <summary>Recomputes the head's root from tiles and batches, and checks that the tree extends what was signed before.</summary>
    /// <param name="signed">The newest checkpoint that is known to have been signed, or null.</param>
    /// <param name="buffer">Takes tiles and keys that are not stored yet; null to check only.</param>
    /// <param name="cancellationToken">Stops between reads.</param>
    /// <returns>The tree at the head, and the head.</returns>
    /// <exception cref="LogCorruptException">It does not fit together.</exception>
    /// <exception cref="LogRolledBackException">It is not the log that was signed.</exception>
    public async ValueTask<(TreeFollower Tree, LogHead Head)> RunAsync(KnownCheckpoint? signed, DerivedBuffer? buffer, CancellationToken cancellationToken)
    {
        var head = await batches.ReadHeadAsync(cancellationToken);
        var position = await tiles.ReadPositionAsync(cancellationToken);
        if (signed is not null && signed.Checkpoint.Size > head.Size)
        {
            throw LogRolledBackException.Lost(origin, head.Size, signed.Checkpoint.Size, signed.Source);
        }

        if (position.Size > head.Size)
        {
            throw new LogCorruptException(
                $"tiles.db reaches {position.Size} entries, but the log {origin} ends at {head.Size}: entries have been lost, or the file belongs to another state of this folder. " +
                "Restore a backup of exchange.db that holds them; if none were lost, delete tiles.db: it is rebuilt from the log.");
        }

        // The checkpoint stored last may be far behind the tiles: a flush amid catching up stores the older one.
        var tree = await TreeFollower.OpenAsync(batches, tiles, signed?.Checkpoint.Size ?? head.Size, cancellationToken);
        if (signed is not null)
        {
            await tree.AdvanceAsync(signed.Checkpoint.Size, buffer, cancellationToken);
            if (tree.Range.Root() != signed.Checkpoint.Root)
            {
                throw LogRolledBackException.Forked(origin, signed.Checkpoint.Size, signed.Source);
            }
        }

        await tree.AdvanceAsync(head.Size, buffer, cancellationToken);
        if (tree.Range.Root() != head.Range.Root())
        {
            throw new LogCorruptException($"The log {origin} does not hash to the root of its head at {head.Size} entries.");
        }

        tree.CheckTiles();
        return (tree, head);
    }

    /// <summary>Hashes the batches between a head that was verified and the stored one onto it.</summary>
    /// <exception cref="LogCorruptException">The stored head is not an extension.</exception>
    public async ValueTask<LogHead> ExtendAsync(LogHead verified, LogHead stored, CancellationToken cancellationToken)
    {
        var range = verified.Range;
        while (range.Size < stored.Size)
        {
            var read = await batches.ReadAsync(range.Size, stored.Size - range.Size, BatchParts.Leaves, cancellationToken);
            if (read.Count == 0)
            {
                break;
            }

            foreach (var batch in read)
            {
                range = BatchReader.Extend(range, batch, stored.Size).Range;
            }
        }

        return range.Size == stored.Size && range.Root() == stored.Range.Root()
            ? stored with { Range = range }
            : throw new LogCorruptException($"The log {origin} ends at {stored.Size} entries with a root that does not extend the {verified.Size} that were signed.");
    }
}
