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
    /// <summary>The tlog-proof of this entry in the batch's checkpoint.</summary>
    /// <exception cref="InvalidOperationException">Nothing was committed.</exception>
    public TlogProof Proof() => Committed().Proof(Index);

    /// <summary>Writes that proof's text as a JSON string, without building it first.</summary>
    /// <inheritdoc cref="Proof" path="/exception"/>
    public void WriteProof(IBufferWriter<byte> output) => Committed().WriteProof(Index, output);

    private CommittedBatch Committed() => Batch ?? throw new InvalidOperationException("Nothing was committed.");
}
