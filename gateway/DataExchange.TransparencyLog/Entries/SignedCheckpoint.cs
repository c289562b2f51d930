using DataExchange.Merkle;

namespace DataExchange.TransparencyLog;

/// <summary>A checkpoint and its signed note.</summary>
public sealed record SignedCheckpoint(Checkpoint Checkpoint, string Note)
{
    /// <summary>Leaves that it covers.</summary>
    public long Size => Checkpoint.Size;

    internal static SignedCheckpoint Sign(NoteSigner signer, CompactRange range)
    {
        var checkpoint = new Checkpoint(signer.Name, range.Size, range.Root());
        return new SignedCheckpoint(checkpoint, checkpoint.Sign(signer));
    }
}
