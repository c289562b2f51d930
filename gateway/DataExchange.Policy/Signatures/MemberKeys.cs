using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;
using DataExchange.Policy.Model;

namespace DataExchange.Policy.Signatures;

/// <summary>The public keys of a member, from its JWKS (RFC 7517, RFC 7518 §6.2): EC keys on P-256 only.</summary>
internal static class MemberKeys
{
    private const int CoordinateSize = 32;

    public static bool TryRead(Member member, [NotNullWhen(true)] out IReadOnlyDictionary<string, ECParameters>? keys) => TryRead(member.Keys, out keys);

    /// <summary>The keys of a JWKS by their key id; false for anything that is not one, or holds no key, or a private one.</summary>
    public static bool TryRead(JsonElement jwks, [NotNullWhen(true)] out IReadOnlyDictionary<string, ECParameters>? keys)
    {
        keys = null;
        if (jwks.ValueKind != JsonValueKind.Object || !jwks.TryGetProperty("keys", out var list)
            || list.ValueKind != JsonValueKind.Array || list.GetArrayLength() == 0)
        {
            return false;
        }

        var found = new Dictionary<string, ECParameters>(StringComparer.Ordinal);
        foreach (var jwk in list.EnumerateArray())
        {
            if (jwk.ValueKind != JsonValueKind.Object || Text(jwk, "kty") != "EC" || Text(jwk, "crv") != "P-256" || jwk.TryGetProperty("d", out _)
                || Text(jwk, "kid") is not { Length: > 0 } kid || Coordinate(jwk, "x") is not { } x || Coordinate(jwk, "y") is not { } y
                || OnCurve(x, y) is not { } key || !found.TryAdd(kid, key))
            {
                return false;
            }
        }

        keys = found;
        return true;
    }

    /// <summary>The key ids of a member; none where its keys cannot be read.</summary>
    public static IEnumerable<string> IdsOf(Member member) => TryRead(member, out var keys) ? keys.Keys : [];

    /// <summary>Whether a JWK is the very point that the member's key of this id is.</summary>
    public static bool IsSame(JsonElement jwk, Member member, string id) =>
        TryRead(member, out var keys) && keys.TryGetValue(id, out var key)
        && Coordinate(jwk, "x") is { } x && Coordinate(jwk, "y") is { } y
        && x.AsSpan().SequenceEqual(key.Q.X) && y.AsSpan().SequenceEqual(key.Q.Y);

    /// <summary>The point, if it is one of P-256.</summary>
    private static ECParameters? OnCurve(byte[] x, byte[] y)
    {
        var key = new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = x, Y = y } };
        try
        {
            ECDsa.Create(key).Dispose();
            return key;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement jwk, string name) =>
        jwk.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static byte[]? Coordinate(JsonElement jwk, string name) =>
        Text(jwk, name) is { } text && Base64Url.IsValid(text) && Base64Url.DecodeFromChars(text) is { Length: CoordinateSize } bytes ? bytes : null;
}
