using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;

namespace DataExchange.Enforcement.Subjects.Vrf;

/// <summary>A key that computes outputs and proves them: ECVRF-P256-SHA256-TAI (RFC 9381).</summary>
public sealed class VrfSecretKey
{
    private readonly BigInteger _scalar;

    private VrfSecretKey(BigInteger scalar)
    {
        _scalar = scalar;
        PublicKey = new VrfPublicKey(P256Suite.Generator.Multiply(scalar).Normalize());
    }

    public VrfPublicKey PublicKey { get; }

    /// <summary>Takes the scalar itself, 32 bytes big-endian.</summary>
    /// <exception cref="CryptographicException">It is not between 1 and the group's order − 1.</exception>
    public static VrfSecretKey FromScalar(ReadOnlySpan<byte> bytes)
    {
        var scalar = P256Suite.Integer(bytes);
        return bytes.Length == P256Suite.ScalarSize && scalar.SignValue > 0 && scalar.CompareTo(P256Suite.Order) < 0
            ? new VrfSecretKey(scalar)
            : throw new CryptographicException("Not a scalar of P-256.");
    }

    /// <summary>Makes a key from uniformly random bytes. 48 of them leave a bias below 2⁻¹²⁸ (FIPS 186-5 A.2.1).</summary>
    public static VrfSecretKey FromSeed(ReadOnlySpan<byte> seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(seed.Length, 48);
        return new VrfSecretKey(P256Suite.Integer(seed).Mod(P256Suite.Order.Subtract(BigInteger.One)).Add(BigInteger.One));
    }

    /// <summary>Computes the one output for this text, with its proof (§5.1). Deterministic. About half a millisecond.</summary>
    public VrfProof Prove(ReadOnlySpan<byte> alpha)
    {
        var h = P256Suite.EncodeToCurve(PublicKey.Encoded, alpha);
        var gamma = h.Multiply(_scalar).Normalize();
        var nonce = Nonce(P256Suite.Encode(h));
        var challenge = P256Suite.Challenge(
            PublicKey.Point, h, gamma, P256Suite.Generator.Multiply(nonce), h.Multiply(nonce));
        return new VrfProof(gamma, challenge, nonce.Add(challenge.Multiply(_scalar)).Mod(P256Suite.Order));
    }

    /// <summary>§5.4.2.1: the deterministic nonce of RFC 6979 §3.2 over H. A nonce that repeats for two challenges gives the key away; this one cannot.</summary>
    private BigInteger Nonce(ReadOnlySpan<byte> hString)
    {
        var calculator = new HMacDsaKCalculator(new Sha256Digest());
        calculator.Init(P256Suite.Order, _scalar, SHA256.HashData(hString));
        return calculator.NextK();
    }
}
