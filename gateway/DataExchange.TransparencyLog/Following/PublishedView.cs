namespace DataExchange.TransparencyLog.Following;

/// <summary>A published checkpoint, with the cosignatures it bears by now, and the tiles of its tree.</summary>
internal sealed record PublishedView(SignedCheckpoint Checkpoint, TreeTiles Tiles)
{
    /// <summary>Entries under the checkpoint.</summary>
    public long Size => Checkpoint.Size;
}
