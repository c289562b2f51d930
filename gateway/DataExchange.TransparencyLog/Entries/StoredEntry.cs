namespace DataExchange.TransparencyLog;

/// <summary>An entry as stored.</summary>
/// <param name="Index">Its place in the log, from 0.</param>
/// <param name="Leaf">What the tree commits to.</param>
/// <param name="Sealed">The sealed record beside it; empty when the leaf is open.</param>
/// <param name="Key">Its search key; empty for none.</param>
public readonly record struct StoredEntry(long Index, ReadOnlyMemory<byte> Leaf, ReadOnlyMemory<byte> Sealed, ReadOnlyMemory<byte> Key);
