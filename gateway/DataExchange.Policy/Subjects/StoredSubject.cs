namespace DataExchange.Policy.Subjects;

/// <summary>What the vault keeps of a subject.</summary>
/// <param name="Lookup">The row's primary key, 32 bytes: a keyed hash of the subject id, under a key that changes with the master key. The id itself is not stored.</param>
/// <param name="Handle">The subject's handle, 32 random bytes that never change: what the registers call it by.</param>
/// <param name="Sealed">Token, proof and key of the subject, under the vault's master key.</param>
public sealed record StoredSubject(ReadOnlyMemory<byte> Lookup, ReadOnlyMemory<byte> Handle, ReadOnlyMemory<byte> Sealed);
