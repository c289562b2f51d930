using System.Security.Cryptography;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Utilities;
using ECPoint = Org.BouncyCastle.Math.EC.ECPoint;

namespace DataExchange.Enforcement.Subjects.Vrf;

/// <summary>
/// The suite ECVRF-P256-SHA256-TAI of RFC 9381 §5.5: its curve, and the functions of §5.4 that proving and verifying share.
/// </summary>
internal static class P256Suite
{
    /// <summary>Length of a compressed point (SEC 1 §2.3.3).</summary>
    public const int PointSize = 33;

    /// <summary>Length of a scalar: qLen.</summary>
    public const int ScalarSize = 32;

    /// <summary>Length of a challenge: cLen.</summary>
    public const int ChallengeSize = 16;

    /// <summary>Length of the output beta: hLen.</summary>
    public const int HashSize = 32;

    /// <summary>suite_string.</summary>
    private const byte Suite = 0x01;

    private static readonly X9ECParameters Curve = CustomNamedCurves.GetByName("P-256");

    /// <summary>The generator B.</summary>
    public static ECPoint Generator => Curve.G;

    /// <summary>The order q of the group; its cofactor is 1.</summary>
    public static BigInteger Order => Curve.N;

    /// <summary>§5.4.1.1, try and increment, with encode_to_curve_salt = PK_string. Half of all counters fail, so 256 in a row do with probability 2⁻²⁵⁶.</summary>
    /// <remarks>How many are tried depends on alpha and can be timed. Alpha is secret to strangers, who cannot time it: proving happens once a subject, inside the gateway.</remarks>
    public static ECPoint EncodeToCurve(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> alpha)
    {
        Span<byte> point = stackalloc byte[PointSize];
        point[0] = 0x02;
        for (var counter = 0; counter <= byte.MaxValue; counter++)
        {
            SHA256.HashData([Suite, 0x01, .. publicKey, .. alpha, (byte)counter, 0x00], point[1..]);
            if (TryDecodePoint(point, out var decoded))
            {
                return decoded;
            }
        }

        throw new CryptographicException("No counter encodes this text to the curve.");
    }

    /// <summary>§5.4.3: the challenge over Y, H, Γ, U and V.</summary>
    public static BigInteger Challenge(ECPoint y, ECPoint h, ECPoint gamma, ECPoint u, ECPoint v)
    {
        Span<byte> hash = stackalloc byte[HashSize];
        SHA256.HashData([Suite, 0x02, .. Encode(y), .. Encode(h), .. Encode(gamma), .. Encode(u), .. Encode(v), 0x00], hash);
        return Integer(hash[..ChallengeSize]);
    }

    /// <summary>§5.2: the output that belongs to Γ.</summary>
    public static byte[] Hash(ECPoint gamma) => SHA256.HashData([Suite, 0x03, .. Encode(gamma), 0x00]);

    /// <summary>point_to_string.</summary>
    public static byte[] Encode(ECPoint point) => point.GetEncoded(compressed: true);

    /// <summary>string_to_point; refuses what is not on the curve, and the point at infinity.</summary>
    public static bool TryDecodePoint(ReadOnlySpan<byte> bytes, out ECPoint point)
    {
        point = Curve.Curve.Infinity;
        if (bytes.Length != PointSize || bytes[0] is not (0x02 or 0x03))
        {
            return false;
        }

        try
        {
            point = Curve.Curve.DecodePoint(bytes);
            return !point.IsInfinity;
        }
        catch (ArgumentException)
        {
            // The library's way to say that no point has this x, or that x is no field element.
            return false;
        }
    }

    /// <summary>string_to_int, unsigned and big-endian.</summary>
    public static BigInteger Integer(ReadOnlySpan<byte> bytes) => new(1, bytes);

    /// <summary>int_to_string, unsigned and big-endian.</summary>
    public static byte[] Bytes(BigInteger value, int length) => BigIntegers.AsUnsignedByteArray(length, value);
}
