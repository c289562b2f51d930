using DataExchange.Contracts.Log;

namespace DataExchange.Enforcement.Subjects;

/// <summary>A sealed record that was opened and found to be the one its leaf commits to.</summary>
/// <param name="Leaf">The decoded leaf.</param>
/// <param name="OpeningKey">Opens the leaf's commitment, 32 bytes.</param>
/// <param name="Record">The record in canonical JSON.</param>
public sealed record OpenedRecord(Leaf Leaf, ReadOnlyMemory<byte> OpeningKey, ReadOnlyMemory<byte> Record);
