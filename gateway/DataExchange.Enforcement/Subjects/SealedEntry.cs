namespace DataExchange.Enforcement.Subjects;

/// <summary>A record ready to be appended.</summary>
/// <param name="Leaf">What the tree will commit to.</param>
/// <param name="Sealed">What stands beside it, outside the tree.</param>
/// <param name="Tag">The leaf's tag: the entry's search key.</param>
/// <param name="OpeningKey">Opens the leaf's commitment; for receipts. 32 bytes.</param>
public sealed record SealedEntry(ReadOnlyMemory<byte> Leaf, ReadOnlyMemory<byte> Sealed, ReadOnlyMemory<byte> Tag, ReadOnlyMemory<byte> OpeningKey);
