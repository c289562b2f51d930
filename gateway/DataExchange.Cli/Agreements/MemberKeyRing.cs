using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace DataExchange.Cli.Agreements;

/// <summary>The members' keys as the governance log has them up to an entry.</summary>
internal sealed class MemberKeyRing
{
    private readonly Dictionary<string, JsonElement> _keys = [];

    /// <summary>The data authority; null where the log has named none.</summary>
    public string? DataAuthority { get; private set; }

    /// <summary>Takes a member with its keys.</summary>
    public void Admit(JsonElement member)
    {
        var code = member.GetProperty("code").GetString()!;
        _keys[code] = member.GetProperty("keys");
        if (member.TryGetProperty("dataAuthority", out var isAuthority) && isAuthority.ValueKind == JsonValueKind.True)
        {
            DataAuthority = code;
        }
    }

    /// <summary>Takes a member's new keys.</summary>
    public void Rotate(JsonElement rotation) => _keys[rotation.GetProperty("member").GetString()!] = rotation.GetProperty("keys");

    /// <summary>Whose signature a compact JWS says it is; null for none.</summary>
    public static string? MemberOf(string jws) => Parts(jws) is var (header, _, _) && KeyIdOf(header) is var (member, _) ? member : null;

    /// <summary>Whether the log has admitted the member by an entry of its own.</summary>
    public bool Knows(string member) => _keys.ContainsKey(member);

    /// <summary>Whether it is a signature (ES256) of the member that it names, by a key that counts now, under exactly this statement.</summary>
    public bool Verifies(string jws, ReadOnlySpan<byte> statement)
    {
        if (Parts(jws) is not var (header, payload, signature) || KeyIdOf(header) is not var (member, id) || FindKey(member, id) is not { } parameters
            || !Base64Url.DecodeFromChars(payload).AsSpan().SequenceEqual(statement))
        {
            return false;
        }

        try
        {
            using var key = ECDsa.Create(parameters);
            return key.VerifyData(Encoding.ASCII.GetBytes($"{header}.{payload}"), Base64Url.DecodeFromChars(signature), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
        catch (CryptographicException)
        {
            return false; // No point of the curve: nothing verifies against it.
        }
    }

    private ECParameters? FindKey(string member, string id)
    {
        if (_keys.TryGetValue(member, out var jwks))
        {
            foreach (var jwk in jwks.GetProperty("keys").EnumerateArray().Where(jwk => jwk.GetProperty("kid").GetString() == id))
            {
                return new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = Bytes(jwk, "x"), Y = Bytes(jwk, "y") } };
            }
        }

        return null;
    }

    private static byte[] Bytes(JsonElement jwk, string name) => Base64Url.DecodeFromChars(jwk.GetProperty(name).GetString());

    private static (string Header, string Payload, string Signature)? Parts(string jws) =>
        jws.Split('.') is [var header, var payload, var signature] && Base64Url.IsValid(header) && Base64Url.IsValid(payload) && Base64Url.IsValid(signature)
            ? (header, payload, signature)
            : null;

    private static (string Member, string Key)? KeyIdOf(string header)
    {
        try
        {
            var root = JsonElement.Parse(Base64Url.DecodeFromChars(header));
            return root.GetProperty("alg").GetString() == "ES256" && !root.TryGetProperty("crit", out _) && root.GetProperty("kid").GetString()?.Split('/') is [var member, var key]
                ? (member, key)
                : null;
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }
}
