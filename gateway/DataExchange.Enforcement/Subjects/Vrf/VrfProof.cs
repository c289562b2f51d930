using System.Diagnostics.CodeAnalysis;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Math.EC;

namespace DataExchange.Enforcement.Subjects.Vrf;

/// <summary>A proof pi of RFC 9381: <c>Γ (33 bytes) ‖ c (16) ‖ s (32)</c>.</summary>
public sealed class VrfProof
{
    /// <summary>Length of an encoded proof in bytes.</summary>
    public const int Size = P256Suite.PointSize + P256Suite.ChallengeSize + P256Suite.ScalarSize;

    internal VrfProof(ECPoint gamma, BigInteger challenge, BigInteger response) => (Gamma, Challenge, Response) = (gamma, challenge, response);

    internal ECPoint Gamma { get; }

    internal BigInteger Challenge { get; }

    internal BigInteger Response { get; }

    /// <summary>Decodes (§5.4.4); refuses another length, a Γ that is not on the curve, and an s that is not below the group's order.</summary>
    public static bool TryParse(ReadOnlySpan<byte> pi, [NotNullWhen(true)] out VrfProof? proof)
    {
        proof = null;
        if (pi.Length != Size || !P256Suite.TryDecodePoint(pi[..P256Suite.PointSize], out var gamma))
        {
            return false;
        }

        var response = P256Suite.Integer(pi[^P256Suite.ScalarSize..]);
        if (response.CompareTo(P256Suite.Order) >= 0)
        {
            return false;
        }

        proof = new VrfProof(gamma, P256Suite.Integer(pi.Slice(P256Suite.PointSize, P256Suite.ChallengeSize)), response);
        return true;
    }

    /// <summary>The 81 bytes.</summary>
    public byte[] Encode() =>
        [.. P256Suite.Encode(Gamma), .. P256Suite.Bytes(Challenge, P256Suite.ChallengeSize), .. P256Suite.Bytes(Response, P256Suite.ScalarSize)];

    /// <summary>The output beta, 32 bytes (§5.2). It means something only once the proof has been verified, or when it comes from the prover itself.</summary>
    public byte[] ToHash() => P256Suite.Hash(Gamma);
}
