using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using DataExchange.Contracts.Log;

namespace DataExchange.Policy.Signatures;

/// <summary>
/// What a member puts its name to: canonical JSON that says what is done to which thing, and the SHA-256 of the canonical form of the document
/// that stands for it: <c>{"agreement":"{id}@{revision}","sha256":"…"}</c>. The verb is part of it, so that a signature under one
/// statement is never one under another about the same document.
/// </summary>
public static class SignedStatement
{
    /// <param name="verb">What is done: a member name, for instance <c>agreement</c> or <c>proposal</c>.</param>
    /// <param name="thing">Which thing, and which version of it where there are several.</param>
    /// <param name="document">The document as it was written.</param>
    /// <param name="reason">The signer's reason, where it is part of what is signed.</param>
    public static byte[] Of(string verb, string thing, JsonElement document, string? reason = null)
    {
        var statement = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [verb] = thing,
            ["sha256"] = Base64Url.EncodeToString(SHA256.HashData(CanonicalJson.Canonicalize(document))),
        };
        if (reason is not null)
        {
            statement["reason"] = reason;
        }

        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in statement)
            {
                writer.WriteString(name, value);
            }

            writer.WriteEndObject();
        }

        return CanonicalJson.Canonicalize(buffer.ToArray());
    }
}
