namespace DataExchange.Merkle;

/// <summary>A checkpoint that a trusted key of its log has signed, submitted to a witness. Made by <see cref="WitnessRule.TryExamine"/> alone.</summary>
public sealed class WitnessSubmission
{
    internal WitnessSubmission(AddCheckpointRequest request, Checkpoint checkpoint, string note)
    {
        (OldSize, Proof, Checkpoint, Note) = (request.OldSize, request.Proof, checkpoint, note);
    }

    /// <summary>The size that the submitter believes to be recorded.</summary>
    public long OldSize { get; }

    /// <summary>From the old size to the checkpoint's; not yet checked.</summary>
    public IReadOnlyList<MerkleHash> Proof { get; }

    public Checkpoint Checkpoint { get; }

    /// <summary>The signed note with the signatures of the log's trusted keys, and none of the lines that strangers may have added.</summary>
    public string Note { get; }
}
