using DataExchange.Merkle;
using DataExchange.TransparencyLog.Following;
using DataExchange.TransparencyLog.Guards;
using DataExchange.TransparencyLog.Stores;

namespace DataExchange.TransparencyLog.Witnessing;

/// <summary>
/// Decides what a witness's claim against the log means. Who says to hold more entries than there are is believed until it cosigns
/// again: a log that may have been rolled back does not sign, even if one witness that lies can stop a region by that. Who says that
/// the tree is another is believed unless it shows itself, under the log's signature, a tree no smaller that fits.
/// </summary>
internal sealed class RollbackJudge(ILogStore store, NoteVerifier log, LogFreeze freeze, HighWaterMark? mark)
{
    /// <summary>Judges a claim.</summary>
    /// <param name="link">Whose claim it is.</param>
    /// <param name="claim">What the witness said.</param>
    /// <param name="view">What it was shown.</param>
    /// <param name="cancellationToken">Stops the question to the witness; a veto stays.</param>
    /// <returns>What came of it.</returns>
    public async Task<Verdict> JudgeAsync(WitnessLink link, SubmissionOutcome claim, PublishedView view, CancellationToken cancellationToken)
    {
        var source = $"the witness {link.Witness.Name}";
        switch (claim)
        {
            case SubmissionOutcome.Ahead(var held):
                // Another process on the same store may have submitted what this one has not published yet.
                if ((await store.ReadHeadAsync(cancellationToken)).Size is var size && held <= size)
                {
                    return new Verdict(null, $"holds {held} entries already, more than are published here");
                }

                var lost = LogRolledBackException.Lost(log.Name, size, held, source);
                freeze.Set(NameOf(link), lost);
                Remember(await link.LatestAsync(log, cancellationToken), size);
                return new Verdict(lost, lost.Message);

            case SubmissionOutcome.Disagrees(var held):
                return await JudgeRootAsync(link, held, LogRolledBackException.Forked(log.Name, held, source), view, cancellationToken);

            default:
                throw new InvalidOperationException($"{claim} is no claim.");
        }
    }

    /// <summary>The witness agrees with the log, or is asked no more.</summary>
    public void Clear(WitnessLink link)
    {
        link.IsRefuted = false;
        freeze.Lift(NameOf(link));
    }

    private async Task<Verdict> JudgeRootAsync(WitnessLink link, long held, LogRolledBackException forked, PublishedView view, CancellationToken cancellationToken)
    {
        // Frozen first and asked then; but one whose last claim was refuted stops nothing before it has been asked again.
        if (!link.IsRefuted)
        {
            freeze.Set(NameOf(link), forked);
        }

        var shown = await link.LatestAsync(log, cancellationToken);
        link.IsRefuted = shown is not null && shown.Size >= held && shown.Size <= view.Size
            && (await PrefixProof.MakeAsync(view.Tiles, view.Checkpoint.Checkpoint.Root, shown.Size, cancellationToken)).Root == shown.Checkpoint.Root;
        if (link.IsRefuted)
        {
            freeze.Lift(NameOf(link));
            return new Verdict(null, "disagrees about the tree, and shows one that fits", IsUntrue: true);
        }

        freeze.Set(NameOf(link), forked);
        return new Verdict(forked, forked.Message);
    }

    // What the log's own key has signed outlives a restart, whether or not the witness answers then.
    private void Remember(SignedCheckpoint? shown, long size)
    {
        if (shown is not null && shown.Size > size)
        {
            mark?.Write(shown.Note);
        }
    }

    private string NameOf(WitnessLink link) => $"{log.Name} {link.Witness.Name}";
}

/// <summary>What came of a claim.</summary>
/// <param name="Veto">The veto that stands; null for none.</param>
/// <param name="Fault">What is the matter with the witness, or the log.</param>
/// <param name="IsUntrue">Whether the witness has contradicted itself.</param>
internal sealed record Verdict(LogRolledBackException? Veto, string Fault, bool IsUntrue = false);
