using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using DataExchange.Contracts.Log;

namespace DataExchange.Contracts.Signatures;

/// <summary>
/// What a member puts its name to: canonical JSON that says what is done to which thing, and the base64url SHA-256 of the canonical form of
/// the document that stands for it: <c>{"agreement":"{id}@{revision}","sha256":"…"}</c>. It is the payload of a compact JWS (RFC 7515),
/// ES256, whose header's <c>kid</c> is <c>{member}/{key id}</c>. What is done is part of it, so that a signature under one statement is
/// never one under another about the same document.
/// </summary>
public static class SignedStatement
{
    /// <summary>A party makes the agreement.</summary>
    public const string Agreement = "agreement";

    /// <summary>A member approves a proposal.</summary>
    public const string Proposal = "proposal";

    /// <summary>A member rejects a proposal.</summary>
    public const string Rejection = "rejection";

    /// <summary>A member replaces its keys.</summary>
    public const string Keys = "keys";

    /// <summary>A member replaces its list of clients.</summary>
    public const string Clients = "clients";

    /// <summary>The statement, canonical JSON.</summary>
    /// <param name="verb">What is done: one of the names above.</param>
    /// <param name="thing">To which thing, and which version of it where there are several: <c>{id}</c> or <c>{id}@{version}</c>.</param>
    /// <param name="document">The document as it was written.</param>
    /// <param name="reason">The signer's reason, where it is part of what is signed.</param>
    /// <exception cref="FormatException">The document has no canonical form.</exception>
    public static byte[] Of(string verb, string thing, JsonElement document, string? reason = null)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            writer.WriteString(verb, thing);
            writer.WriteString("sha256", HashOf(document));
            if (reason is not null)
            {
                writer.WriteString("reason", reason);
            }

            writer.WriteEndObject();
        }

        return CanonicalJson.Canonicalize(buffer.ToArray());
    }

    /// <summary>The base64url SHA-256 of a document's canonical form.</summary>
    /// <exception cref="FormatException">The document has no canonical form.</exception>
    public static string HashOf(JsonElement document) => Base64Url.EncodeToString(SHA256.HashData(CanonicalJson.Canonicalize(document)));
}
