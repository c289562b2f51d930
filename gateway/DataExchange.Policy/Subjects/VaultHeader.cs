namespace DataExchange.Policy.Subjects;

/// <summary>What a vault says of itself; one a vault.</summary>
/// <param name="KeyId">The master key that everything in the vault is under.</param>
/// <param name="Sealed">What stays the same under every master key, under this one.</param>
public sealed record VaultHeader(string KeyId, ReadOnlyMemory<byte> Sealed);
