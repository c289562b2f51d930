using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DataExchange.Contracts.Log;
using DataExchange.Policy.Json;
using DataExchange.Policy.Model;

namespace DataExchange.Policy.Founding;

/// <summary>
/// A member's signature under one revision of an agreement: a compact JWS (RFC 7515), ES256, whose header names the key as
/// <c>{member}/{key id}</c> and whose payload is <c>{"agreement":"{id}@{revision}","sha256":"…"}</c> with the base64url SHA-256 of the
/// agreement's canonical form.
/// </summary>
public static class Approval
{
    /// <summary>The payload that a member signs, canonical JSON, over the agreement as it was written.</summary>
    public static byte[] PayloadOf(SharingAgreement agreement)
    {
        var canonical = CanonicalJson.Canonicalize(
            agreement.AsWritten ?? JsonSerializer.SerializeToElement(agreement, PolicyJsonContext.Default.SharingAgreement));
        return Encoding.UTF8.GetBytes($$"""{"agreement":"{{agreement.Id}}@{{agreement.Revision}}","sha256":"{{Base64Url.EncodeToString(SHA256.HashData(canonical))}}"}""");
    }

    /// <summary>Verifies a signature; says whose it is.</summary>
    public static bool TryVerify(string jws, SharingAgreement agreement, IEnumerable<Member> members, [NotNullWhen(true)] out string? signer)
    {
        signer = null;
        if (jws.Split('.') is not [var header, var payload, var signature]
            || !Base64Url.IsValid(header) || !Base64Url.IsValid(payload) || !Base64Url.IsValid(signature)
            || KeyOf(Base64Url.DecodeFromChars(header), members) is not var (member, key)
            || !Base64Url.DecodeFromChars(payload).AsSpan().SequenceEqual(PayloadOf(agreement)))
        {
            return false;
        }

        try
        {
            using var ecdsa = ECDsa.Create(key);
            if (!ecdsa.VerifyData(Encoding.ASCII.GetBytes($"{header}.{payload}"), Base64Url.DecodeFromChars(signature), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation))
            {
                return false;
            }
        }
        catch (CryptographicException)
        {
            return false; // The registered point is not on the curve: nothing verifies against it.
        }

        signer = member;
        return true;
    }

    /// <summary>The key that the header names. Any other algorithm than ES256 names none.</summary>
    private static (string Member, ECParameters Key)? KeyOf(byte[] header, IEnumerable<Member> members)
    {
        try
        {
            using var document = JsonDocument.Parse(header);
            var root = document.RootElement;
            if (root.GetProperty("alg").GetString() != "ES256" || root.GetProperty("kid").GetString() is not { } kid
                || kid.Split('/') is not [var code, var keyId] || root.TryGetProperty("crit", out _)
                || members.FirstOrDefault(m => m.Code == code) is not { } member
                || !MemberKeys.TryRead(member, out var keys) || !keys.TryGetValue(keyId, out var key))
            {
                return null;
            }

            return (code, key);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null; // Not a header: names no key.
        }
    }
}
