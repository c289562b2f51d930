using System.Security.Cryptography;
using System.Text;

namespace DataExchange.Enforcement.Governance;

/// <summary>
/// What tells a repeated request from a new one (the <c>Idempotency-Key</c> header, draft-ietf-httpapi-idempotency-key-header): a key that
/// the client chose, and a digest of what it asked. Both are hashes; neither the key nor the request can be read from them.
/// </summary>
/// <param name="Key">SHA-256 over client, user and key, lower-case hex: one client's keys are nothing to another.</param>
/// <param name="Fingerprint">SHA-256 over method, path and body, lower-case hex.</param>
public sealed record Idempotency(string Key, string Fingerprint)
{
    /// <summary>Longest key that is taken, in characters.</summary>
    public const int MaxKeyLength = 255;

    /// <param name="clientId">The token's client.</param>
    /// <param name="userId">The user behind it, if any.</param>
    /// <param name="key">As the header says.</param>
    /// <param name="method">HTTP method.</param>
    /// <param name="path">Path of the request.</param>
    /// <param name="body">The body as it was understood.</param>
    public static Idempotency Of(string clientId, string? userId, string key, string method, string path, ReadOnlySpan<byte> body) =>
        new(Hash("dx-idempotency-key", clientId, userId ?? "", key), Hash("dx-idempotency-request", method, path, Convert.ToHexStringLower(SHA256.HashData(body))));

    // A separator that no header, path or claim can hold keeps the parts apart.
    private static string Hash(params ReadOnlySpan<string> parts) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', parts))));
}
