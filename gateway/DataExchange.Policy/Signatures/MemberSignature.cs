using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DataExchange.Policy.Model;

namespace DataExchange.Policy.Signatures;

/// <summary>
/// A member's signature under a statement: a compact JWS (RFC 7515), ES256 and nothing else, whose header names the key as
/// <c>{member}/{key id}</c> and whose payload is the statement, byte for byte (see <see cref="Contracts.Signatures.SignedStatement"/>).
/// </summary>
public static class MemberSignature
{
    /// <summary>Longest signature that is looked at, in characters: a header and a statement are short.</summary>
    public const int MaxLength = 8192;

    /// <summary>Verifies a signature under a statement; says whose it is.</summary>
    /// <param name="jws">The compact serialisation.</param>
    /// <param name="statement">The payload that has to be signed.</param>
    /// <param name="findMember">A member by its code, with the keys that count; null where there is none whose signature counts.</param>
    /// <param name="signer">The member and the key.</param>
    public static bool TryVerify(string jws, ReadOnlySpan<byte> statement, Func<string, Member?> findMember, [NotNullWhen(true)] out MemberKeyId? signer)
    {
        signer = null;
        if (Parts(jws) is not var (header, payload, signature)
            || KeyOf(header) is not { } named
            || findMember(named.Member) is not { } member
            || !MemberKeys.TryRead(member, out var keys) || !keys.TryGetValue(named.Key, out var key)
            || !Base64Url.DecodeFromChars(payload).AsSpan().SequenceEqual(statement))
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

        signer = named;
        return true;
    }

    /// <summary>The key that a signature says it was made with. Whether it was is for <see cref="TryVerify"/> to say.</summary>
    /// <exception cref="FormatException">It is no compact JWS by ES256 that names a member's key.</exception>
    public static MemberKeyId SignerOf(string jws) =>
        Parts(jws) is var (header, _, _) && KeyOf(header) is { } named ? named : throw new FormatException("A signature names no key of a member.");

    private static (string Header, string Payload, string Signature)? Parts(string jws) =>
        jws.Length <= MaxLength && jws.Split('.') is [var header, var payload, var signature]
        && Base64Url.IsValid(header) && Base64Url.IsValid(payload) && Base64Url.IsValid(signature)
            ? (header, payload, signature)
            : null;

    /// <summary>The key that the header names. Any other algorithm than ES256 names none.</summary>
    private static MemberKeyId? KeyOf(string header)
    {
        try
        {
            using var document = JsonDocument.Parse(Base64Url.DecodeFromChars(header));
            var root = document.RootElement;
            return root.GetProperty("alg").GetString() == "ES256" && !root.TryGetProperty("crit", out _)
                && root.GetProperty("kid").GetString()?.Split('/') is [var member, var key]
                    ? new MemberKeyId(member, key)
                    : null;
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null; // Not a header: names no key.
        }
    }
}
