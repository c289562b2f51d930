using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DataExchange.DemoRegion.Founding;

/// <summary>Puts the documents together, gives the members their keys and has the parties sign the agreements.</summary>
internal static class FoundingFile
{
    private static readonly JsonSerializerOptions s_readable = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        // The file is read as JSON and never put into a page, so nothing but what JSON itself asks for is escaped.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Write(string path, IReadOnlyList<DemoKey> keys) =>
        File.WriteAllText(path, Create(keys).ToJsonString(s_readable) + "\n", new UTF8Encoding(false));

    /// <summary>The members of the region, in the order of the file.</summary>
    public static IEnumerable<string> MemberCodes() => Members().Select(member => Text(member, "code"));

    private static JsonObject Create(IReadOnlyList<DemoKey> keys)
    {
        var members = Members().ToList();
        foreach (var member in members)
        {
            var key = keys.Single(key => key.Member == Text(member, "code"));
            member["keys"] = new JsonObject { ["keys"] = new JsonArray(key.PublicJwk()) };
        }

        var datasets = FoundingDocuments.ReadAll("datasets").ToList();
        var region = FoundingDocuments.Read("region.json").AsObject();
        region["members"] = List(members);
        region["purposes"] = FoundingDocuments.Read("purposes.json");
        region["datasets"] = List(datasets);
        region["notices"] = List(FoundingDocuments.ReadAll("notices"));
        region["agreements"] = List(FoundingDocuments.ReadAll("agreements").Select(document => Signed(document.AsObject(), members, datasets, keys)));
        region["matters"] = List(FoundingDocuments.ReadAll("matters"));
        region["monitoring"] = FoundingDocuments.Read("monitoring.json");
        return region;
    }

    private static IEnumerable<JsonObject> Members() => FoundingDocuments.Read("members.json").AsArray().Select(member => member!.DeepClone().AsObject());

    /// <summary>The provider and the consumer sign, and the data authority where a field is sensitive.</summary>
    private static JsonObject Signed(JsonObject document, List<JsonObject> members, List<JsonNode> datasets, IReadOnlyList<DemoKey> keys)
    {
        var agreement = document["agreement"]!.AsObject();
        var signers = new List<string> { Text(agreement, "provider"), Text(agreement, "consumer") };
        if (GrantsSensitive(agreement, datasets.Single(dataset => Text(dataset, "code") == Text(agreement, "dataset"))))
        {
            signers.Add(Text(members.Single(member => member["dataAuthority"] is not null), "code"));
        }

        document["approvals"] = List(signers.Select(signer => JsonValue.Create(Approval.Sign(agreement, keys.Single(key => key.Member == signer)))));
        return document;
    }

    private static bool GrantsSensitive(JsonObject agreement, JsonNode dataset)
    {
        var sensitive = dataset["fields"]!.AsArray().Where(field => field!["sensitive"] is not null).Select(field => Text(field!, "name")).ToHashSet();
        return agreement["grants"]!.AsArray().SelectMany(grant => grant!["fields"]!.AsArray()).Any(field => sensitive.Contains(Text(field!, "name")));
    }

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();

    private static JsonArray List(IEnumerable<JsonNode> nodes) => new([.. nodes]);
}
