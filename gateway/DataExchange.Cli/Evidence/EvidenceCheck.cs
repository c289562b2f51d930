using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using DataExchange.Contracts.Cases;
using DataExchange.Contracts.Log;
using DataExchange.Contracts.Records;

namespace DataExchange.Cli.Evidence;

/// <summary>
/// Checks that every receipt of a pack holds, and that together they tell one story: this matter, this case of it, these answers in it,
/// these consents before them. What the pack says outside its receipts counts for nothing but to be compared with them.
/// </summary>
internal static class EvidenceCheck
{
    /// <exception cref="FindingException">The first check that does not hold.</exception>
    public static EvidenceReport Run(EvidencePack pack, IReadOnlyDictionary<string, JsonElement>? records, EvidenceKeys keys)
    {
        try
        {
            return Check(pack, records, keys);
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException or JsonException or ArgumentException)
        {
            // What is under a receipt that holds is what the log says, and still need not have the form of its kind.
            throw FindingException.DoesNotVerify(FindingCode.EvidenceMismatch, $"A record has not the form of its kind: {exception.Message}");
        }
    }

    private static EvidenceReport Check(EvidencePack pack, IReadOnlyDictionary<string, JsonElement>? records, EvidenceKeys keys)
    {
        var matter = Definition(pack, keys);
        var @case = Completion(pack, keys);
        var consents = pack.Consents.Select(consent => Consent(consent, keys)).ToList();
        var results = Member(@case, "results").EnumerateArray().ToDictionary(result => Text(result, "need"), StringComparer.Ordinal);
        Require(pack.Needs.Select(need => need.Need).Order(StringComparer.Ordinal).SequenceEqual(results.Keys.Order(StringComparer.Ordinal)), "The pack does not hold exactly the answers that the case names.");
        var needs = Member(matter, "needs").EnumerateArray().ToDictionary(need => Text(need, "code"), StringComparer.Ordinal);
        Require(needs.All(need => Text(need.Value, "necessity") != "Required" || results.ContainsKey(need.Key)), "Something that the matter requires was not answered.");
        foreach (var need in pack.Needs)
        {
            Require(needs.ContainsKey(need.Need), $"The matter has no need '{need.Need}'.");
            Answer(need, needs[need.Need], results[need.Need], pack.Case, consents, keys);
        }

        OnePerson([pack.Completion, .. pack.Needs.SelectMany(need => new[] { need.Requested, need.Outcome }), .. pack.Consents.Select(consent => consent.Given)]);
        return new EvidenceReport(pack.Case, pack.Matter, pack.Needs.Count, consents.Count, 2 + (2 * pack.Needs.Count) + consents.Count, Records(records, results));
    }

    private static JsonElement Definition(EvidencePack pack, EvidenceKeys keys)
    {
        Require(keys.Check(pack.Definition).Kind == LeafKinds.MatterDefined, "The definition's receipt is of another kind of entry.");
        if (!Leaf.TryDecode(Convert.FromBase64String(pack.Definition.Leaf), out var leaf))
        {
            throw Mismatch("The definition's leaf is not one.");
        }

        var matter = JsonElement.Parse(leaf.Body.Span);
        Require(NameOf(matter, "code", "revision") == pack.Matter, "The definition is of another matter.");
        return matter;
    }

    private static JsonElement Completion(EvidencePack pack, EvidenceKeys keys)
    {
        var @case = Opened(pack.Completion, LeafKinds.CaseCompleted, keys);
        Require(
            Text(@case, "id") == pack.Case && NameOf(@case, "matter", "matterRevision") == pack.Matter && Text(@case, "state") == "Completed"
            && Member(@case, "ended").GetDateTimeOffset() == pack.Completed,
            "The completion is of another case than the pack names, or of another matter or time.");
        Require(pack.Definition.Index < pack.Completion.Index, "The matter was defined after the case was completed.");
        return @case;
    }

    private static (EvidenceConsent Pack, JsonElement Record) Consent(EvidenceConsent consent, EvidenceKeys keys)
    {
        Require(keys.Check(consent.Given).Kind.StartsWith("consent.", StringComparison.Ordinal) && consent.Given.Opening is not null, "A consent's receipt is of another kind of entry.");
        var record = consent.Given.Opening!.Record;
        Require(Text(record, "id") == consent.Id && Text(record, "state") is "Given" or "Renewed", $"The consent {consent.Id} was not in force by the entry that the pack shows.");
        return (consent, record);
    }

    private static void Answer(
        EvidenceNeed need, JsonElement needed, JsonElement result, string caseId, IReadOnlyList<(EvidenceConsent Pack, JsonElement Record)> consents, EvidenceKeys keys)
    {
        var intent = Opened(need.Requested, LeafKinds.AccessRequested, keys);
        var isReleased = Text(result, "outcome") == "Released";
        var outcome = Opened(need.Outcome, isReleased ? LeafKinds.AccessReleased : LeafKinds.AccessFailed, keys);
        Require(
            need.Requested.Index == Number(result, "decision") && need.Outcome.Index == Number(result, "receipt") && Number(outcome, "intent") == need.Requested.Index,
            $"The receipts of '{need.Need}' are not those that the case names, or the outcome is not that of the intent.");

        var request = Member(intent, "request");
        var fields = Member(request, "fields").EnumerateArray().Select(field => field.GetString()).ToHashSet();
        Require(
            Optional(request, "case") == caseId && Text(request, "dataset") == Text(needed, "dataset") && Text(request, "purpose") == Text(needed, "purpose")
            && fields.SetEquals(Member(needed, "fields").EnumerateArray().Select(field => field.GetString())),
            $"'{need.Need}' was asked for in another case, or with other fields, or for another purpose than the matter says.");
        Require(
            isReleased ? need.Digest is not null && need.Digest == Optional(result, "digest") && need.Digest == Optional(outcome, "digest") : need.Digest is null && Text(outcome, "problem") == "not-found",
            $"The digests of '{need.Need}' differ, or the register's answer was another.");

        var governance = Number(intent, "governance");
        foreach (var id in Member(Member(intent, "decision"), "permitted").EnumerateArray().Select(field => Optional(field, "consent")).OfType<string>().Distinct())
        {
            Require(
                consents.Any(consent => consent.Pack.Id == id && consent.Pack.Given.Index < governance
                    && Text(consent.Record, "dataset") == Text(request, "dataset") && Text(consent.Record, "purpose") == Text(request, "purpose")),
                $"'{need.Need}' rests on the consent {id}, which the pack does not show, or not for this use, or only from later on.");
        }
    }

    /// <summary>Entries about one person carry one tag a month. Tags of two months cannot be compared, so a consent of an earlier month is held to its id alone.</summary>
    private static void OnePerson(IEnumerable<Receipt> receipts)
    {
        var tags = new Dictionary<(int Year, int Month), string>();
        foreach (var receipt in receipts)
        {
            if (!Leaf.TryDecode(Convert.FromBase64String(receipt.Leaf), out var leaf))
            {
                throw Mismatch("A leaf is not one.");
            }

            var (time, tag) = (DateTimeOffset.FromUnixTimeMilliseconds(leaf.TimeMs), Convert.ToHexStringLower(leaf.Tag.Span));
            Require(!tags.TryGetValue((time.Year, time.Month), out var known) || known == tag, "The receipts are about more than one person.");
            tags[(time.Year, time.Month)] = tag;
        }
    }

    /// <summary>How many records are the ones released; null where none were given.</summary>
    private static int? Records(IReadOnlyDictionary<string, JsonElement>? records, Dictionary<string, JsonElement> results)
    {
        if (records is null)
        {
            return null;
        }

        foreach (var (need, record) in records)
        {
            var digest = Convert.ToBase64String(SHA256.HashData(CanonicalJson.Canonicalize(record)));
            if (!results.TryGetValue(need, out var result) || Optional(result, "digest") != digest)
            {
                throw FindingException.DoesNotVerify(FindingCode.RecordMismatch, $"The record of '{need}' is not the one that the case rests on.");
            }
        }

        return records.Count;
    }

    /// <summary>The record behind a receipt that holds and is of this kind.</summary>
    private static JsonElement Opened(Receipt receipt, string kind, EvidenceKeys keys)
    {
        Require(keys.Check(receipt).Kind == kind && receipt.Opening is not null, $"A receipt is not one of '{kind}' with its record.");
        return receipt.Opening!.Record;
    }

    private static string NameOf(JsonElement record, string code, string revision) =>
        string.Create(CultureInfo.InvariantCulture, $"{Text(record, code)}@{Number(record, revision)}");

    private static JsonElement Member(JsonElement record, string name) =>
        record.ValueKind == JsonValueKind.Object && record.TryGetProperty(name, out var value) ? value : throw Mismatch($"A record has no member '{name}'.");

    private static string Text(JsonElement record, string name) => Member(record, name).GetString() ?? throw Mismatch($"'{name}' is null.");

    private static long Number(JsonElement record, string name) => Member(record, name).GetInt64();

    private static string? Optional(JsonElement record, string name) => record.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw Mismatch(otherwise);
        }
    }

    private static FindingException Mismatch(string detail) => FindingException.DoesNotVerify(FindingCode.EvidenceMismatch, detail);
}
