using System.Text.Json.Nodes;
using DataExchange.Contracts.Log;
using DataExchange.Contracts.Providers;
using DataExchange.Contracts.Records;

namespace DataExchange.Adapters.Tests.Conformance;

/// <summary>Ways to ask for a known person's name without having logged that question. Each breaks exactly one thing.</summary>
internal static class Swindle
{
    private static readonly Dictionary<string, Func<IntentForge, DateTimeOffset, ProviderQuery>> Ways = new()
    {
        ["no opening"] = (forge, now) => With(Honest(forge, now), receipt => receipt with { Opening = null }),
        ["another opening key"] = (forge, now) => With(Honest(forge, now), receipt => receipt with { Opening = receipt.Opening! with { Key = Convert.ToBase64String(new byte[32]) } }),
        ["a short opening key"] = (forge, now) => With(Honest(forge, now), receipt => receipt with { Opening = receipt.Opening! with { Key = "AAAA" } }),
        ["another record than committed to"] = (forge, now) => With(Honest(forge, now), receipt => receipt with { Opening = receipt.Opening! with { Record = System.Text.Json.JsonSerializer.SerializeToElement(Changed(record => record["purpose"] = "curiosity")) } }),
        ["an empty receipt"] = (forge, now) => With(Honest(forge, now), _ => new Receipt { Log = IntentForge.Origin, Index = 0, Leaf = "", Proof = "" }),
        ["a leaf that is not base64"] = (forge, now) => With(Honest(forge, now), receipt => receipt with { Leaf = "!" + receipt.Leaf }),
        ["a leaf with bytes behind it"] = (forge, now) => With(Honest(forge, now), receipt => receipt with { Leaf = Convert.ToBase64String([.. Convert.FromBase64String(receipt.Leaf), 0]) }),
        ["a proof that is not one"] = (forge, now) => With(Honest(forge, now), receipt => receipt with { Proof = "c2sp.org/tlog-proof@v1\nindex 5\n" }),
        ["another index"] = (forge, now) => With(Honest(forge, now), receipt => receipt with { Index = receipt.Index + 1 }),
        ["another log's name"] = (forge, now) => With(Honest(forge, now), receipt => receipt with { Log = "test.example/governance" }),
        ["a log of another key"] = (_, now) => Foreign(now),
        ["a leaf that is not in the tree"] = (forge, now) => With(Honest(forge, now), receipt => receipt with { Proof = Honest(forge, now).Intent.Proof }),
        ["a checkpoint with a changed size"] = (forge, now) => With(Honest(forge, now), receipt => receipt with { Proof = receipt.Proof.Replace("\n7\n", "\n8\n", StringComparison.Ordinal) }),
        ["a released leaf"] = (forge, now) => OfKind(forge, now, LeafKinds.AccessReleased),
        ["a refused leaf"] = (forge, now) => OfKind(forge, now, LeafKinds.AccessRefused),
        ["a stale intent"] = (forge, now) => Honest(forge, now - ProviderProtocol.IntentWindow - TimeSpan.FromMilliseconds(1)),
        ["an intent of the future"] = (forge, now) => Honest(forge, now + ProviderProtocol.IntentWindow + TimeSpan.FromMilliseconds(1)),
        ["another subject"] = (forge, now) => Recorded(forge, now, record => record["subject"]!["value"] = Register.Awkward.Number),
        ["another scheme"] = (forge, now) => Recorded(forge, now, record => record["subject"]!["scheme"] = "passport"),
        ["no subject"] = (forge, now) => Recorded(forge, now, record => record.Remove("subject")),
        ["another dataset"] = (forge, now) => Recorded(forge, now, record => record["dataset"] = "civil-affairs/marriage"),
        ["another revision"] = (forge, now) => Recorded(forge, now, record => record["revision"] = 2),
        ["a revision as text"] = (forge, now) => Recorded(forge, now, record => record["revision"] = "1"),
        ["fewer fields"] = (forge, now) => Recorded(forge, now, record => record["fields"] = new JsonArray()),
        ["another field"] = (forge, now) => Recorded(forge, now, record => record["fields"] = new JsonArray("address")),
        ["more fields"] = (forge, now) => Recorded(forge, now, record => record["fields"] = new JsonArray("name", "address")),
        ["fields as text"] = (forge, now) => Recorded(forge, now, record => record["fields"] = "name"),
        ["a dataset of no kind"] = (forge, now) => Recorded(forge, now, record => record["dataset"] = null),
    };

    public static TheoryData<string> All => [.. Ways.Keys];

    public static Func<IntentForge, DateTimeOffset, ProviderQuery> Named(string name) => Ways[name];

    private static ProviderQuery Honest(IntentForge forge, DateTimeOffset now) => forge.Question(now, Register.Known.Number, ["name"]);

    private static ProviderQuery With(ProviderQuery query, Func<Receipt, Receipt> change) => query with { Intent = change(query.Intent) };

    private static ProviderQuery Recorded(IntentForge forge, DateTimeOffset now, Action<JsonObject> change) =>
        Honest(forge, now) with { Intent = forge.Receipt(Changed(change), now) };

    private static ProviderQuery OfKind(IntentForge forge, DateTimeOffset now, string kind) =>
        Honest(forge, now) with { Intent = forge.Receipt(Changed(_ => { }), now, kind) };

    private static ProviderQuery Foreign(DateTimeOffset now)
    {
        using var foreign = new IntentForge();
        return Honest(foreign, now);
    }

    private static JsonObject Changed(Action<JsonObject> change)
    {
        var record = IntentForge.Record(Register.Dataset, 1, new SubjectRef(Register.Scheme, Register.Known.Number), ["name"]);
        change(record);
        return record;
    }
}
