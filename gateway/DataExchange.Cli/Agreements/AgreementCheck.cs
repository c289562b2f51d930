using System.Globalization;
using System.Text.Json;
using DataExchange.Contracts.Log;
using DataExchange.Contracts.Signatures;

namespace DataExchange.Cli.Agreements;

/// <summary>
/// Follows the open entries of a governance log and verifies the signatures of every agreement at the entry that puts it in force: those of
/// provider and consumer, and of the data authority where a sensitive field is granted, by the keys that counted there.
/// </summary>
internal sealed class AgreementCheck(string? id)
{
    private readonly MemberKeyRing _members = new();
    private readonly Dictionary<string, HashSet<string>> _sensitive = [];

    /// <summary>Every revision of the agreements asked about that was put in force.</summary>
    public List<CheckedAgreement> Agreements { get; } = [];

    /// <summary>Takes the next entry.</summary>
    /// <exception cref="FindingException">It is no leaf, or its record is not one of its kind.</exception>
    public void Take(long index, ReadOnlyMemory<byte> entry)
    {
        if (!Leaf.TryDecode(entry, out var leaf))
        {
            throw FindingException.DoesNotVerify(FindingCode.LeafMalformed, string.Create(CultureInfo.InvariantCulture, $"Entry {index} is no leaf."));
        }

        try
        {
            Take(index, leaf);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw FindingException.DoesNotVerify(
                FindingCode.LeafMalformed, string.Create(CultureInfo.InvariantCulture, $"Entry {index} is no record of the kind {leaf.Kind}: {exception.Message}"));
        }
    }

    private void Take(long index, Leaf leaf)
    {
        switch (leaf.Kind)
        {
            case LeafKinds.MemberAdmitted:
                _members.Admit(JsonElement.Parse(leaf.Body.Span));
                break;
            case "key.rotated":
                _members.Rotate(JsonElement.Parse(leaf.Body.Span));
                break;
            case LeafKinds.DatasetPublished:
                var dataset = JsonElement.Parse(leaf.Body.Span);
                _sensitive[NameOf(dataset, "code", "revision")] = [.. dataset.GetProperty("fields").EnumerateArray().Where(IsSensitive).Select(field => Text(field, "name"))];
                break;
            case LeafKinds.AgreementActivated when JsonElement.Parse(leaf.Body.Span) is var signed && (id is null || Text(signed.GetProperty("agreement"), "id") == id):
                Agreements.Add(Check(index, signed.GetProperty("agreement"), [.. signed.GetProperty("approvals").EnumerateArray().Select(jws => jws.GetString()!)]));
                break;
        }
    }

    private CheckedAgreement Check(long index, JsonElement agreement, IReadOnlyList<string> approvals)
    {
        var name = NameOf(agreement, "id", "revision");
        var statement = SignedStatement.Of(SignedStatement.Agreement, name, agreement);
        var signers = approvals.Where(jws => _members.Verifies(jws, statement)).Select(jws => MemberKeyRing.MemberOf(jws)!).Distinct().Order(StringComparer.Ordinal).ToList();
        var missing = Parties(agreement).Except(signers).Order(StringComparer.Ordinal).ToList();
        return new CheckedAgreement(name, index, signers, missing)
        {
            // A member that was admitted by a proposal has no entry of its own, and its keys cannot be told from here.
            CannotTell = missing.Count > 0 && missing.All(member => !_members.Knows(member)),
        };
    }

    private IEnumerable<string> Parties(JsonElement agreement)
    {
        yield return Text(agreement, "provider");
        yield return Text(agreement, "consumer");
        var granted = agreement.GetProperty("grants").EnumerateArray().SelectMany(grant => grant.GetProperty("fields").EnumerateArray()).Select(field => Text(field, "name"));
        if (_sensitive.TryGetValue(NameOf(agreement, "dataset", "datasetRevision"), out var sensitive) && granted.Any(sensitive.Contains))
        {
            yield return _members.DataAuthority ?? "(data authority)";
        }
    }

    private static bool IsSensitive(JsonElement field) => field.TryGetProperty("sensitive", out var value) && value.ValueKind == JsonValueKind.True;

    private static string NameOf(JsonElement of, string name, string revision) =>
        string.Create(CultureInfo.InvariantCulture, $"{Text(of, name)}@{of.GetProperty(revision).GetInt32()}");

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString() ?? throw new FormatException($"{name} is null.");
}

/// <summary>An agreement whose signatures were looked at.</summary>
/// <param name="Name"><c>{id}@{revision}</c>.</param>
/// <param name="Index">Index of the entry that puts it in force.</param>
/// <param name="Signers">Members whose signatures verify.</param>
/// <param name="Missing">Parties without one.</param>
internal sealed record CheckedAgreement(string Name, long Index, IReadOnlyList<string> Signers, IReadOnlyList<string> Missing)
{
    /// <summary>Whether those missing are members whose keys cannot be told from the log's entries.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool CannotTell { get; init; }
}
