using DataExchange.Policy.Signatures;

namespace DataExchange.Policy.Proposals;

/// <summary>What a member signed about a proposal.</summary>
/// <param name="Signer">The member and the key.</param>
/// <param name="Approves">It approves; otherwise it rejects.</param>
/// <param name="Signature">Compact JWS.</param>
/// <param name="LogIndex">Index of the entry.</param>
public sealed record Vote(MemberKeyId Signer, bool Approves, string Signature, long LogIndex)
{
    /// <summary>Why it rejects; null for an approval.</summary>
    public string? Reason { get; init; }
}
