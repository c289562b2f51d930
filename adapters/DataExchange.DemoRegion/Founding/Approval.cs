using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DataExchange.Contracts.Log;

namespace DataExchange.DemoRegion.Founding;

/// <summary>A member's approval of an agreement: a compact JWS (RFC 7515) over the SHA-256 of the agreement's canonical form (RFC 8785).</summary>
internal static class Approval
{
    public static string Sign(JsonObject agreement, DemoKey key)
    {
        var header = Encode(new JsonObject { ["alg"] = "ES256", ["kid"] = $"{key.Member}/{DemoKey.Id}" });
        var payload = Encode(new JsonObject
        {
            ["agreement"] = $"{agreement["id"]}@{agreement["revision"]}",
            ["sha256"] = Base64Url.EncodeToString(SHA256.HashData(Canonical(agreement))),
        });
        var signed = $"{header}.{payload}";
        return $"{signed}.{Base64Url.EncodeToString(key.Sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    private static byte[] Canonical(JsonObject value)
    {
        using var document = JsonDocument.Parse(value.ToJsonString());
        return CanonicalJson.Canonicalize(document.RootElement);
    }

    private static string Encode(JsonObject value) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(value.ToJsonString()));
}
