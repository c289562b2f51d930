using System.Diagnostics.CodeAnalysis;
using Org.BouncyCastle.Math.EC;

namespace DataExchange.Enforcement.Subjects.Vrf;

/// <summary>A key that verifies which output belongs to a text: ECVRF-P256-SHA256-TAI (RFC 9381).</summary>
public sealed class VrfPublicKey
{
    private readonly ECPoint _point;
    private readonly byte[] _encoded;

    internal VrfPublicKey(ECPoint point) => (_point, _encoded) = (point, P256Suite.Encode(point));

    internal ECPoint Point => _point;

    internal ReadOnlySpan<byte> Encoded => _encoded;

    /// <summary>Reads a compressed point of 33 bytes. Every point of this curve but infinity is a valid key: the cofactor is 1 (§5.4.5).</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out VrfPublicKey? key)
    {
        key = P256Suite.TryDecodePoint(bytes, out var point) ? new VrfPublicKey(point) : null;
        return key is not null;
    }

    /// <summary>The compressed point, 33 bytes.</summary>
    public byte[] Encode() => [.. _encoded];

    /// <summary>Whether the proof shows that <paramref name="beta"/>, 32 bytes, is the one output for this text (§5.3).</summary>
    public bool TryVerify(ReadOnlySpan<byte> alpha, VrfProof proof, [NotNullWhen(true)] out byte[]? beta)
    {
        beta = null;
        var h = P256Suite.EncodeToCurve(_encoded, alpha);
        var minusChallenge = proof.Challenge.Negate().Mod(P256Suite.Order);
        var u = ECAlgorithms.SumOfTwoMultiplies(P256Suite.Generator, proof.Response, _point, minusChallenge);
        var v = ECAlgorithms.SumOfTwoMultiplies(h, proof.Response, proof.Gamma, minusChallenge);
        if (!P256Suite.Challenge(_point, h, proof.Gamma, u, v).Equals(proof.Challenge))
        {
            return false;
        }

        beta = proof.ToHash();
        return true;
    }
}
