using DataExchange.Merkle;
using DataExchange.TransparencyLog.Following;
using DataExchange.TransparencyLog.Guards;
using DataExchange.TransparencyLog.Stores;

namespace DataExchange.TransparencyLog.Witnessing;

/// <summary>
/// Decides what a witness's claim to hold more, or something else, than the log means. A claim freezes at once. It is lifted again
/// only when the same witness shows a checkpoint, signed by the log, that fits the log: then the claim was untrue, and one witness
/// alone cannot stop a region. A witness that shows nothing is believed: a log that may have been rolled back does not sign.
/// </summary>
internal sealed class RollbackJudge(ILogStore store, NoteVerifier log, LogFreeze freeze)
{
    /// <summary>Judges a claim.</summary>
    /// <param name="link">Whose claim it is.</param>
    /// <param name="claim">What the witness said.</param>
    /// <param name="view">What it was shown.</param>
    /// <param name="distrust">Stops the writer; called while the veto stands.</param>
    /// <param name="cancellationToken">Stops the question to the witness; the veto stays.</param>
    /// <returns>The veto that stands; null when there is none.</returns>
    public async Task<LogRolledBackException?> JudgeAsync(
        WitnessLink link, SubmissionOutcome claim, PublishedView view, Action<LogRolledBackException> distrust, CancellationToken cancellationToken)
    {
        var source = $"the witness {link.Witness.Name}";
        var size = (await store.ReadHeadAsync(cancellationToken)).Size;
        var cause = claim switch
        {
            // Another process on the same store may have submitted what this one has not published yet.
            SubmissionOutcome.Ahead(var held) when held <= size => null,
            SubmissionOutcome.Ahead(var held) => LogRolledBackException.Lost(log.Name, size, held, source),
            SubmissionOutcome.Disagrees(var held) => LogRolledBackException.Forked(log.Name, held, source),
            _ => null,
        };
        if (cause is null)
        {
            return null;
        }

        freeze.Set(link.Witness.Name, cause);
        distrust(cause);
        if (await link.LatestAsync(log, cancellationToken) is not { } shown || !await FitsAsync(shown, view, size, cancellationToken))
        {
            return cause;
        }

        freeze.Lift(link.Witness.Name);
        return null;
    }

    /// <summary>The witness agrees with the log after all.</summary>
    public void Clear(WitnessLink link) => freeze.Lift(link.Witness.Name);

    private static async Task<bool> FitsAsync(Checkpoint shown, PublishedView view, long size, CancellationToken cancellationToken) =>
        shown.Size <= view.Size
            ? await new TileTree(view.Tiles).RootAsync(shown.Size, cancellationToken) == shown.Root
            : shown.Size <= size; // Between what is published here and the head: another process's, and its next round shows whether it fits.
}
