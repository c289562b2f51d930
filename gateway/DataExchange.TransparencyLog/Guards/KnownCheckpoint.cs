using DataExchange.Merkle;

namespace DataExchange.TransparencyLog.Guards;

/// <summary>A checkpoint that this log's key has signed before, and who remembers it. The log has to extend every one of them.</summary>
/// <param name="Checkpoint">The checkpoint; its signature has been checked.</param>
/// <param name="Source">Who remembers it, as the end of a sentence: <c>the high-water mark '…'</c>.</param>
internal sealed record KnownCheckpoint(Checkpoint Checkpoint, string Source);
