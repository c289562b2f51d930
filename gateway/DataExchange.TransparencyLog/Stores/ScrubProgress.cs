namespace DataExchange.TransparencyLog.Stores;

/// <summary>How far a scrub has got, so that a pass over a large log ends although the process restarts.</summary>
/// <param name="Size">Entries of this pass that have been walked; the end of a batch.</param>
/// <param name="Edge">The partial tiles of the tree of this size, lowest level first, one after another.</param>
/// <param name="Began">When this pass began, milliseconds since 1970 UTC.</param>
/// <param name="Completed">When the last whole pass ended, the same; null for never.</param>
/// <param name="DamagedBefore">Findings of the pass before this one that could not be repaired.</param>
/// <param name="Damaged">The same of this pass so far.</param>
public sealed record ScrubProgress(long Size, ReadOnlyMemory<byte> Edge, long Began, long? Completed, long DamagedBefore, long Damaged);
