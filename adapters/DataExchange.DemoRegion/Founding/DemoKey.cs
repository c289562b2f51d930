using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;

namespace DataExchange.DemoRegion.Founding;

/// <summary>
/// A member's signing key (EC P-256), computed from the member's name alone. Whoever reads this file knows the private key: it proves
/// nothing and protects nothing outside the demo region.
/// </summary>
internal sealed class DemoKey
{
    public const string Id = "demo-key-do-not-trust";

    private static readonly X9ECParameters s_curve = CustomNamedCurves.GetByName("secp256r1");

    private static readonly ECDomainParameters s_domain = new(s_curve.Curve, s_curve.G, s_curve.N, s_curve.H);

    private readonly BigInteger _d;
    private readonly ECParameters _parameters;

    public DemoKey(string member)
    {
        Member = member;
        var digest = SHA512.HashData(Encoding.UTF8.GetBytes("demo.example demo key, not for use: " + member));
        _d = new BigInteger(1, digest).Mod(s_domain.N.Subtract(BigInteger.One)).Add(BigInteger.One);
        var point = s_domain.G.Multiply(_d).Normalize();
        _parameters = new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            D = Bytes(_d),
            Q = new ECPoint { X = point.AffineXCoord.GetEncoded(), Y = point.AffineYCoord.GetEncoded() },
        };
    }

    public string Member { get; }

    /// <summary>The public key, RFC 7517.</summary>
    public JsonObject PublicJwk() => new()
    {
        ["kty"] = "EC",
        ["crv"] = "P-256",
        ["kid"] = Id,
        ["use"] = "sig",
        ["alg"] = "ES256",
        ["x"] = Base64Url.EncodeToString(_parameters.Q.X!),
        ["y"] = Base64Url.EncodeToString(_parameters.Q.Y!),
    };

    /// <summary>Both halves, RFC 7517.</summary>
    public JsonObject PrivateJwk()
    {
        var jwk = PublicJwk();
        jwk["d"] = Base64Url.EncodeToString(_parameters.D!);
        return jwk;
    }

    /// <summary>PKCS #8 with explanatory text before it, as RFC 7468 allows.</summary>
    public string PrivatePem()
    {
        using var key = ECDsa.Create(_parameters);
        return $"Demo key of {Member}, computed from its name. Never use it for anything real.\n{key.ExportPkcs8PrivateKeyPem()}\n";
    }

    /// <summary>ES256 (RFC 7518 §3.4): r ‖ s over the SHA-256 of the data. Deterministic by RFC 6979, so that the founding file is always the same.</summary>
    public byte[] Sign(ReadOnlySpan<byte> data)
    {
        var signer = new ECDsaSigner(new HMacDsaKCalculator(new Sha256Digest()));
        signer.Init(forSigning: true, new ECPrivateKeyParameters(_d, s_domain));
        var parts = signer.GenerateSignature(SHA256.HashData(data));
        return [.. Bytes(parts[0]), .. Bytes(parts[1])];
    }

    private static byte[] Bytes(BigInteger scalar) => Org.BouncyCastle.Utilities.BigIntegers.AsUnsignedByteArray(32, scalar);
}
