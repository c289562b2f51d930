using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using DataExchange.Contracts.Log;
using DataExchange.Policy.Founding;
using DataExchange.Policy.Model;

namespace DataExchange.Policy.Tests.Fixture;

/// <summary>A founding file in JSON, as its authors write it: change it, have the parties sign it, read it.</summary>
internal sealed class TestFounding
{
    public const string KeyId = "k1";

    private static readonly string[] MemberCodes = ["registry", "housing", "centre", "data-bureau"];

    private static readonly Dictionary<string, ECDsa> Keys = MemberCodes.ToDictionary(code => code, _ => ECDsa.Create(ECCurve.NamedCurves.nistP256));

    public JsonObject Json { get; } = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixture", "founding.json")))!.AsObject();

    public JsonNode Agreement => Json["agreements"]![0]!["agreement"]!;

    public JsonNode Grant => Agreement["grants"]![0]!;

    public static TestFounding Signed()
    {
        var founding = new TestFounding();
        founding.Sign();
        return founding;
    }

    /// <summary>Gives the members their keys and has the parties sign every agreement as it is written now.</summary>
    public void Sign()
    {
        foreach (var member in Json["members"]!.AsArray())
        {
            member!["keys"] ??= new JsonObject { ["keys"] = new JsonArray(PublicKey(Keys[member["code"]!.GetValue<string>()], KeyId)) };
        }

        foreach (var signed in Json["agreements"]!.AsArray())
        {
            var agreement = signed!["agreement"]!;
            string[] parties = [Text(agreement, "provider"), Text(agreement, "consumer"), .. (string[])(GrantsHealth(agreement) ? ["data-bureau"] : [])];
            signed["approvals"] = new JsonArray([.. parties.Select(party => (JsonNode)Approve(agreement, party))]);
        }
    }

    public byte[] Bytes() => Encoding.UTF8.GetBytes(Json.ToJsonString());

    public FoundingDocument Read()
    {
        var (document, faults) = FoundingFile.Read(Bytes());
        Assert.True(document is not null, string.Join(Environment.NewLine, faults));
        return document;
    }

    public static string Approve(JsonNode agreement, string member, string algorithm = "ES256", string keyId = KeyId, ECDsa? key = null)
    {
        var payload = new JsonObject
        {
            ["agreement"] = $"{Text(agreement, "id")}@{agreement["revision"]!.GetValue<int>()}",
            ["sha256"] = Base64Url.EncodeToString(SHA256.HashData(CanonicalJson.Canonicalize(agreement.ToJsonString()))),
        };
        var signed = $"{Encode(new JsonObject { ["alg"] = algorithm, ["kid"] = $"{member}/{keyId}" })}.{Encode(payload)}";
        var signature = (key ?? Keys.GetValueOrDefault(member) ?? Keys["registry"]).SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    public static JsonObject PublicKey(ECDsa key, string keyId)
    {
        var point = key.ExportParameters(false).Q;
        return new JsonObject
        {
            ["kty"] = "EC",
            ["crv"] = "P-256",
            ["kid"] = keyId,
            ["x"] = Base64Url.EncodeToString(point.X),
            ["y"] = Base64Url.EncodeToString(point.Y),
        };
    }

    private static bool GrantsHealth(JsonNode agreement) =>
        agreement["grants"]!.AsArray().SelectMany(grant => grant!["fields"]!.AsArray()).Any(field => Text(field!, "name") == "health");

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();

    private static string Encode(JsonObject value) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(value.ToJsonString()));
}
