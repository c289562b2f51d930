using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using DataExchange.Contracts;
using DataExchange.Contracts.Cases;
using DataExchange.Contracts.Log;
using DataExchange.Contracts.Records;
using DataExchange.Merkle;

namespace DataExchange.Cli.Tests.Evidence;

/// <summary>
/// The evidence of a case with two answers, one of them on a consent, as a gateway gives it; tests then change a record before it is
/// logged, or the pack afterwards.
/// </summary>
internal sealed class TestEvidence
{
    public const string CaseId = "0123456789abcdef0123456789abcdef";

    private static readonly NoteSigner Access = NoteSigner.FromSeed("test.example/access", [.. Enumerable.Repeat((byte)1, 32)]);
    private static readonly NoteSigner Governance = NoteSigner.FromSeed("test.example/governance", [.. Enumerable.Repeat((byte)2, 32)]);
    private static readonly byte[] Tag = [.. Enumerable.Repeat((byte)7, 32)];

    /// <summary>Milliseconds since the Unix epoch: a moment of 2026.</summary>
    private const long TimeMs = 1_790_000_000_000;

    public static JsonObject Residence => new() { ["name"] = "someone" };

    public static JsonObject Income => new() { ["band"] = "[5000,10000)" };

    public static string[] Keys => ["--vkey", Access.Verifier.ToString(), "--vkey", Governance.Verifier.ToString()];

    public JsonObject Matter { get; } = new()
    {
        ["code"] = "home",
        ["revision"] = 1,
        ["needs"] = new JsonArray(
            new JsonObject { ["code"] = "residence", ["dataset"] = "registry/residence", ["purpose"] = "rental", ["fields"] = new JsonArray("name"), ["necessity"] = "Required" },
            new JsonObject { ["code"] = "income", ["dataset"] = "registry/income", ["purpose"] = "rental", ["fields"] = new JsonArray("band"), ["necessity"] = "Optional" },
            new JsonObject { ["code"] = "property", ["dataset"] = "registry/property", ["purpose"] = "rental", ["fields"] = new JsonArray("count"), ["necessity"] = "Required" }),
    };

    public JsonObject Case { get; } = new()
    {
        ["id"] = CaseId,
        ["matter"] = "home",
        ["matterRevision"] = 1,
        ["state"] = "Completed",
        ["ended"] = "2026-09-21T00:00:00+00:00",
        ["results"] = new JsonArray(
            new JsonObject { ["need"] = "residence", ["outcome"] = "Released", ["decision"] = 0, ["receipt"] = 1, ["digest"] = Digest(Residence) },
            new JsonObject { ["need"] = "income", ["outcome"] = "Released", ["decision"] = 2, ["receipt"] = 3, ["digest"] = Digest(Income) },
            new JsonObject { ["need"] = "property", ["outcome"] = "NoRecord", ["decision"] = 4, ["receipt"] = 5 }),
    };

    public JsonObject Consent { get; } = new() { ["id"] = "c1", ["state"] = "Given", ["dataset"] = "registry/income", ["purpose"] = "rental" };

    /// <summary>Records of the access log, by index.</summary>
    public JsonObject[] Accesses { get; } =
    [
        Intent("registry/residence", "name", null),
        Outcome(LeafKinds.AccessReleased, 0, ("digest", Digest(Residence))),
        Intent("registry/income", "band", "c1"),
        Outcome(LeafKinds.AccessReleased, 2, ("digest", Digest(Income))),
        Intent("registry/property", "count", null),
        Outcome(LeafKinds.AccessFailed, 4, ("problem", "not-found")),
    ];

    /// <summary>The tag that the access entries carry.</summary>
    public byte[] AccessTag { get; set; } = Tag;

    /// <summary>Kind of the case's newest entry.</summary>
    public string CaseKind { get; set; } = LeafKinds.CaseCompleted;

    public JsonObject Pack()
    {
        var access = Receipts(Access, [.. Accesses.Select(record => Sealed((string)record["kind"]!, record, AccessTag))]);
        var governance = Receipts(Governance, [Open(LeafKinds.MatterDefined, Matter), Sealed(LeafKinds.ConsentGiven, Consent, Tag), Sealed(CaseKind, Case, Tag)]);
        var pack = new EvidencePack
        {
            Format = EvidencePack.Format1,
            Case = CaseId,
            Matter = "home@1",
            Completed = DateTimeOffset.Parse("2026-09-21T00:00:00Z", System.Globalization.CultureInfo.InvariantCulture),
            KeepUntil = DateTimeOffset.Parse("2027-09-21T00:00:00Z", System.Globalization.CultureInfo.InvariantCulture),
            Definition = governance[0],
            Completion = governance[2],
            Needs =
            [
                new EvidenceNeed { Need = "residence", Digest = Digest(Residence), Requested = access[0], Outcome = access[1] },
                new EvidenceNeed { Need = "income", Digest = Digest(Income), Requested = access[2], Outcome = access[3] },
                new EvidenceNeed { Need = "property", Digest = null, Requested = access[4], Outcome = access[5] },
            ],
            Consents = [new EvidenceConsent("c1", governance[1])],
        };
        return JsonSerializer.SerializeToNode(pack, ContractsJsonContext.Default.EvidencePack)!.AsObject();
    }

    public static string Digest(JsonObject record) => Convert.ToBase64String(SHA256.HashData(CanonicalJson.Canonicalize(record.ToJsonString())));

    private static JsonObject Intent(string dataset, string field, string? consent) => new()
    {
        ["kind"] = LeafKinds.AccessRequested,
        ["time"] = TimeMs,
        ["governance"] = 2,
        ["request"] = new JsonObject { ["case"] = CaseId, ["dataset"] = dataset, ["purpose"] = "rental", ["fields"] = new JsonArray(field) },
        ["decision"] = new JsonObject
        {
            ["permitted"] = new JsonArray(consent is null ? new JsonObject { ["name"] = field } : new JsonObject { ["name"] = field, ["consent"] = consent }),
        },
    };

    private static JsonObject Outcome(string kind, long intent, (string Name, string Value) said) =>
        new() { ["kind"] = kind, ["time"] = TimeMs, ["intent"] = intent, [said.Name] = said.Value };

    private static (Leaf Leaf, Opening? Opening) Open(string kind, JsonObject record) => (new Leaf(kind, TimeMs, default, CanonicalJson.Canonicalize(record.ToJsonString())), null);

    private static (Leaf Leaf, Opening? Opening) Sealed(string kind, JsonObject record, byte[] tag)
    {
        byte[] key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
        var commitment = new byte[Commitment.Size];
        Commitment.Compute(key, CanonicalJson.Canonicalize(record.ToJsonString()), commitment);
        return (new Leaf(kind, TimeMs, tag, commitment), new Opening(Convert.ToBase64String(key), JsonElement.Parse(record.ToJsonString())));
    }

    private static List<Receipt> Receipts(NoteSigner log, IReadOnlyList<(Leaf Leaf, Opening? Opening)> entries)
    {
        var leaves = entries.Select(entry => entry.Leaf.Encode()).ToList();
        var tree = CompactRange.Empty.Extend([.. leaves.Select(leaf => TreeHasher.Leaf(leaf))]);
        var note = new Checkpoint(log.Verifier.Name, tree.After.Size, tree.After.Root()).Sign(log);
        return
        [
            .. leaves.Select((leaf, index) => new Receipt
            {
                Log = log.Verifier.Name,
                Index = index,
                Leaf = Convert.ToBase64String(leaf),
                Opening = entries[index].Opening,
                Proof = new TlogProof(index, tree.InclusionProof(index), note).ToText(),
            }),
        ];
    }
}
