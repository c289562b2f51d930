using DataExchange.Merkle;

namespace DataExchange.TransparencyLog;

/// <summary>A committed batch: its extension of the tree and the note signed over it.</summary>
public sealed record CommittedBatch(TreeExtension Extension, SignedCheckpoint Checkpoint)
{
    /// <summary>The tlog-proof of one of the batch's entries. Reads nothing from storage; safe for many threads.</summary>
    public TlogProof Proof(long index) => new(index, Extension.InclusionProof(index), Checkpoint.Note);
}
