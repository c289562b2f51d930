using System.Buffers;
using DataExchange.Merkle;

namespace DataExchange.TransparencyLog;

/// <summary>A committed batch: its extension of the tree and the note signed over it.</summary>
public sealed class CommittedBatch(TreeExtension extension, SignedCheckpoint checkpoint)
{
    private TlogProofJson? _json;

    /// <summary>The note signed over it.</summary>
    public SignedCheckpoint Checkpoint => checkpoint;

    /// <summary>The tlog-proof of one of the batch's entries. Reads nothing from storage; safe for many threads.</summary>
    public TlogProof Proof(long index) => new(index, extension.InclusionProof(index), checkpoint.Note);

    /// <summary>Writes the same proof's text as a JSON string.</summary>
    public void WriteProof(long index, IBufferWriter<byte> output)
    {
        // Whoever comes first escapes the note; two at once do the same work twice.
        var json = _json ??= new TlogProofJson(checkpoint.Note);
        Span<MerkleHash> hashes = stackalloc MerkleHash[TreeExtension.MaxProof];
        json.Write(output, index, hashes[..extension.InclusionProof(index, hashes)]);
    }
}
