using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using DataExchange.Contracts.Log;
using DataExchange.Contracts.Providers;
using DataExchange.Contracts.Records;
using DataExchange.Merkle;

namespace DataExchange.Adapters.Tests.Conformance;

/// <summary>Plays the gateway: keeps a log with a key of its own and writes intents into it, honest ones and others.</summary>
internal sealed class IntentForge : IDisposable
{
    public const string Origin = "test.example/access";

    private readonly NoteSigner _signer = NoteSigner.FromSeed(Origin, NoteSigner.NewSeed());

    public string VerifierKey => _signer.Verifier.ToString();

    public NoteVerifier Verifier => _signer.Verifier;

    /// <summary>The record of an honest intent for a question.</summary>
    public static JsonObject Record(string dataset, int revision, SubjectRef subject, IReadOnlyList<string> fields) => new()
    {
        ["kind"] = LeafKinds.AccessRequested,
        ["provider"] = dataset.Split('/')[0],
        ["dataset"] = dataset,
        ["revision"] = revision,
        ["subject"] = new JsonObject { ["scheme"] = subject.Scheme, ["value"] = subject.Value },
        ["fields"] = new JsonArray([.. fields.Select(field => (JsonNode)field)]),
        ["purpose"] = "test",
    };

    /// <summary>A receipt of a leaf that commits to the record, in a log of a few leaves.</summary>
    public Receipt Receipt(JsonObject record, DateTimeOffset at, string kind = LeafKinds.AccessRequested)
    {
        var element = JsonSerializer.SerializeToElement(record);
        var key = RandomNumberGenerator.GetBytes(Commitment.Size);
        var commitment = new byte[Commitment.Size];
        Commitment.Compute(key, CanonicalJson.Canonicalize(element), commitment);
        var leaf = new Leaf(kind, at.ToUnixTimeMilliseconds(), RandomNumberGenerator.GetBytes(32), commitment).Encode();
        var others = Enumerable.Range(0, 5).Select(_ => TreeHasher.Leaf(RandomNumberGenerator.GetBytes(40))).ToList();
        var extension = CompactRange.Empty.Extend([.. others, TreeHasher.Leaf(leaf), others[0]]);
        var note = new Checkpoint(Origin, extension.After.Size, extension.After.Root()).Sign(_signer);
        var proof = new TlogProof(others.Count, extension.InclusionProof(others.Count), note);
        return new Receipt
        {
            Log = Origin,
            Index = proof.Index,
            Leaf = Convert.ToBase64String(leaf),
            Opening = new Opening(Convert.ToBase64String(key), element),
            Proof = proof.ToText(),
        };
    }

    /// <summary>A question with its honest intent.</summary>
    public ProviderQuery Question(DateTimeOffset at, string subject, IReadOnlyList<string> fields, string dataset = Register.Dataset, int revision = 1, string scheme = Register.Scheme)
    {
        var person = new SubjectRef(scheme, subject);
        return new ProviderQuery
        {
            Dataset = dataset,
            Revision = revision,
            Subject = person,
            Fields = fields,
            Intent = Receipt(Record(dataset, revision, person, fields), at),
        };
    }

    public void Dispose() => _signer.Dispose();
}
