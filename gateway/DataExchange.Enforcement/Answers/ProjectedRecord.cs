using DataExchange.Contracts.Records;
using DataExchange.Enforcement.Buffers;
using DataExchange.Policy.Decisions;

namespace DataExchange.Enforcement.Answers;

/// <summary>What may leave: the permitted fields, transformed, as a JSON object in the order asked.</summary>
/// <param name="Json">The object.</param>
/// <param name="Fields">What is in it.</param>
/// <param name="Withheld">What was asked for and is not.</param>
/// <param name="Digest">SHA-256 of the object's canonical form (RFC 8785).</param>
internal sealed record ProjectedRecord(PooledBuffer Json, IReadOnlyList<PermittedField> Fields, IReadOnlyList<WithheldField> Withheld, byte[] Digest) : IDisposable
{
    public void Dispose() => Json.Dispose();
}
