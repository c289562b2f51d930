using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using DataExchange.Cli.Tests.Logs;
using DataExchange.Contracts;
using DataExchange.Contracts.Log;
using DataExchange.Contracts.Records;
using DataExchange.Merkle;

namespace DataExchange.Cli.Tests.Receipts;

/// <summary>A receipt as a gateway gives it, for an entry among twenty; tests then break it.</summary>
internal static class TestReceipt
{
    public const int Index = 13;
    public const long TimeMs = 1_790_000_000_123;

    private static readonly byte[] OpeningKey = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    private static readonly NoteSigner Log = NoteSigner.FromSeed(TestLog.Origin, [.. Enumerable.Repeat((byte)1, 32)]);

    public static string Vkey => Log.Verifier.ToString();

    public static JsonObject Released => new() { ["name"] = "someone", ["address"] = null };

    /// <summary>The outcome of a release: the record logged and the data released.</summary>
    public static Receipt OfRelease()
    {
        var digest = Convert.ToBase64String(SHA256.HashData(CanonicalJson.Canonicalize(Released.ToJsonString())));
        return Sealed(LeafKinds.AccessReleased, new JsonObject { ["kind"] = LeafKinds.AccessReleased, ["digest"] = digest, ["time"] = TimeMs });
    }

    public static Receipt OfRefusal() =>
        Sealed(LeafKinds.AccessRefused, new JsonObject { ["kind"] = LeafKinds.AccessRefused, ["reasons"] = new JsonArray("consent-required"), ["time"] = TimeMs });

    public static Receipt OfOpenLeaf(string kind = LeafKinds.RegionFounded) =>
        Of(new Leaf(kind, TimeMs, default, CanonicalJson.Canonicalize("""{"open":true}""")), null);

    /// <summary>The COSE receipt of a release, and the leaf it is for.</summary>
    public static (byte[] Receipt, byte[] Leaf) InCose()
    {
        var leaf = Convert.FromBase64String(OfRelease().Leaf);
        var tree = TreeWith(leaf);
        return (Log.SignReceipt(new Checkpoint(TestLog.Origin, tree.After.Size, tree.After.Root()), Index, tree.InclusionProof(Index)).Encode(), leaf);
    }

    public static JsonObject ToJson(this Receipt receipt) =>
        JsonSerializer.SerializeToNode(receipt, ContractsJsonContext.Default.Receipt)!.AsObject();

    public static Receipt Sealed(string kind, JsonObject record)
    {
        var commitment = new byte[Commitment.Size];
        Commitment.Compute(OpeningKey, CanonicalJson.Canonicalize(record.ToJsonString()), commitment);
        var leaf = new Leaf(kind, TimeMs, new byte[32], commitment);
        return Of(leaf, new Opening(Convert.ToBase64String(OpeningKey), JsonElement.Parse(record.ToJsonString())));
    }

    private static Receipt Of(Leaf leaf, Opening? opening)
    {
        var bytes = leaf.Encode();
        var tree = TreeWith(bytes);
        var note = new Checkpoint(TestLog.Origin, tree.After.Size, tree.After.Root()).Sign(Log);
        return new Receipt
        {
            Log = TestLog.Origin,
            Index = Index,
            Leaf = Convert.ToBase64String(bytes),
            Opening = opening,
            Proof = new TlogProof(Index, tree.InclusionProof(Index), note).ToText(),
        };
    }

    private static TreeExtension TreeWith(byte[] leaf) =>
        CompactRange.Empty.Extend([.. Enumerable.Range(0, 20).Select(i => TreeHasher.Leaf(i == Index ? leaf : [(byte)i]))]);
}
