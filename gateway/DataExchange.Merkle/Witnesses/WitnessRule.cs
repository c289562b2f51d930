using System.Diagnostics.CodeAnalysis;

namespace DataExchange.Merkle;

/// <summary>
/// What C2SP tlog-witness has a witness check, in its order: first what needs no memory, then what is held against the latest
/// checkpoint cosigned. The second half and the recording of its result must be one step for each origin.
/// </summary>
public static class WitnessRule
{
    /// <summary>Form, origin, signatures, and that the old size is no larger than the new.</summary>
    /// <param name="body">The request's body.</param>
    /// <param name="logs">The trusted keys of each witnessed log, by origin.</param>
    /// <param name="submission">What may be decided on.</param>
    /// <param name="refusal">Why not; without meaning when there is a submission.</param>
    public static bool TryExamine(
        ReadOnlySpan<byte> body,
        IReadOnlyDictionary<string, IReadOnlyList<NoteVerifier>> logs,
        [NotNullWhen(true)] out WitnessSubmission? submission,
        out WitnessOutcome refusal)
    {
        ArgumentNullException.ThrowIfNull(logs);
        submission = null;
        if (!AddCheckpointRequest.TryParse(body, out var request) || !SignedNote.TryParse(request.Checkpoint, out var note)
            || !Checkpoint.TryParseExtended(note.Text, out var checkpoint))
        {
            refusal = WitnessOutcome.Malformed;
        }
        else if (!logs.TryGetValue(checkpoint.Origin, out var keys))
        {
            refusal = WitnessOutcome.UnknownOrigin;
        }
        else if (!note.IsSignedByOneOf(keys))
        {
            refusal = WitnessOutcome.NotSigned;
        }
        else
        {
            refusal = WitnessOutcome.OldSizeTooLarge;
            submission = request.OldSize > checkpoint.Size ? null : new WitnessSubmission(request, checkpoint, note.WithSignaturesOf(keys));
        }

        return submission is not null;
    }

    /// <summary>
    /// Holds a submission against the latest checkpoint cosigned for its origin. Submitting that checkpoint again is answered with a
    /// cosignature again: whoever lost the first answer gets one.
    /// </summary>
    /// <param name="submission">What was submitted.</param>
    /// <param name="recorded">The latest checkpoint cosigned for the origin; null when there is none, which counts as the empty tree.</param>
    public static WitnessOutcome Decide(WitnessSubmission submission, Checkpoint? recorded)
    {
        ArgumentNullException.ThrowIfNull(submission);
        var (oldRoot, checkpoint) = (recorded?.Root ?? TreeHasher.EmptyRoot, submission.Checkpoint);
        if (submission.OldSize != (recorded?.Size ?? 0))
        {
            return WitnessOutcome.SizeConflict;
        }

        if (submission.OldSize == checkpoint.Size)
        {
            return submission.Proof.Count > 0 ? WitnessOutcome.NotConsistent
                : checkpoint.Root != oldRoot ? WitnessOutcome.RootConflict
                : WitnessOutcome.Cosign;
        }

        return ProofVerifier.Consistency(submission.OldSize, checkpoint.Size, oldRoot, checkpoint.Root, submission.Proof)
            ? WitnessOutcome.Cosign
            : WitnessOutcome.NotConsistent;
    }

    /// <summary>
    /// Whether the log has signed two trees of the recorded size. The answer need not say so: an old size or a proof that is wrong comes
    /// first in its order, and neither makes the second tree unsigned.
    /// </summary>
    /// <param name="checkpoint">What was submitted, signed by the log.</param>
    /// <param name="recorded">The latest checkpoint cosigned for the origin; null when there is none, which counts as the empty tree.</param>
    public static bool IsSecondRoot(Checkpoint checkpoint, Checkpoint? recorded)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        return checkpoint.Size == (recorded?.Size ?? 0) && checkpoint.Root != (recorded?.Root ?? TreeHasher.EmptyRoot);
    }
}
