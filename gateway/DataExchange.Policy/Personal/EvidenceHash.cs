using System.Security.Cryptography;

namespace DataExchange.Policy.Personal;

/// <summary>What a clerk names who acts on somebody's will: the digest of a signed form or a recording.</summary>
internal static class EvidenceHash
{
    /// <summary>Whether the text is the base64 of a SHA-256.</summary>
    public static bool IsSha256(string? base64) =>
        base64 is { Length: 44 } && Convert.TryFromBase64String(base64, stackalloc byte[33], out var length) && length == SHA256.HashSizeInBytes;
}
