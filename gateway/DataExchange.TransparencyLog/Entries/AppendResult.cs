using System.Buffers;
using DataExchange.Merkle;

namespace DataExchange.TransparencyLog;

/// <summary>What an append came to. <see cref="Index"/> and <see cref="Proof"/> mean something only when committed.</summary>
/// <param name="Status">Whether the entry is in the log.</param>
/// <param name="Index">Its index, or -1.</param>
/// <param name="Batch">The batch that it committed in.</param>
/// <param name="CurrentPin">The pinned log's size at the moment of the commit.</param>
public readonly record struct AppendResult(AppendStatus Status, long Index, CommittedBatch? Batch, long CurrentPin)
{
    /// <summary>The proof at a checkpoint that a quorum has cosigned, where the append waited for one.</summary>
    public TlogProof? Witnessed { get; init; }

    /// <summary>The tlog-proof of this entry: under a quorum where the append waited for one, and otherwise in the batch's own checkpoint.</summary>
    /// <exception cref="InvalidOperationException">Nothing was committed.</exception>
    public TlogProof Proof() => Witnessed ?? Committed().Proof(Index);

    /// <summary>Writes that proof's text as a JSON string.</summary>
    /// <inheritdoc cref="Proof" path="/exception"/>
    public void WriteProof(IBufferWriter<byte> output)
    {
        if (Witnessed is { } witnessed)
        {
            new TlogProofJson(witnessed.CheckpointNote).Write(output, witnessed.Index, [.. witnessed.Hashes]);
        }
        else
        {
            // The usual case: the note is escaped once for the whole batch, and no text is built first.
            Committed().WriteProof(Index, output);
        }
    }

    private CommittedBatch Committed() => Batch ?? throw new InvalidOperationException("Nothing was committed.");
}
