using System.Security.Cryptography;
using System.Text.Json;
using DataExchange.Contracts.Log;
using DataExchange.Contracts.Records;

namespace DataExchange.Cli.Receipts;

/// <summary>Checks whatever a receipt shows of the record behind its leaf, and of the data that was released with it.</summary>
internal static class RecordCheck
{
    /// <summary>Member of an outcome's record: base64 of SHA-256 over the canonical form of what left.</summary>
    private const string DigestMember = "digest";

    private const string AccessKinds = "access.";

    /// <summary>Members of the access log's records that repeat what the leaf says.</summary>
    private const string KindMember = "kind";
    private const string TimeMember = "time";

    /// <exception cref="FindingException">What is shown is not what was logged.</exception>
    public static RecordKnowledge Run(Leaf leaf, Opening? opening, JsonElement? released)
    {
        if (opening is not null)
        {
            CheckOpening(leaf, opening);
        }

        if (released is { } record)
        {
            CheckReleased(leaf, record, opening);
            return RecordKnowledge.Released;
        }

        return leaf.IsOpen ? RecordKnowledge.Open : opening is null ? RecordKnowledge.Sealed : RecordKnowledge.Opened;
    }

    private static void CheckOpening(Leaf leaf, Opening opening)
    {
        // A leaf that is open already has nothing to open.
        if (leaf.IsOpen || Base64Bytes.Decode(opening.Key) is not { Length: Commitment.Size } key)
        {
            throw FindingException.DoesNotVerify(FindingCode.OpeningMismatch, "The opening does not belong to this leaf.");
        }

        Span<byte> commitment = stackalloc byte[Commitment.Size];
        Commitment.Compute(key, Canonical(opening.Record, FindingCode.OpeningMismatch), commitment);
        if (!commitment.SequenceEqual(leaf.Body.Span))
        {
            throw FindingException.DoesNotVerify(FindingCode.OpeningMismatch, "The record shown is not the one that the leaf commits to.");
        }

        if (leaf.Kind.StartsWith(AccessKinds, StringComparison.Ordinal) && !RepeatsLeaf(opening.Record, leaf))
        {
            throw FindingException.DoesNotVerify(FindingCode.OpeningMismatch, "The record's kind and time are not those of its leaf.");
        }
    }

    private static bool RepeatsLeaf(JsonElement record, Leaf leaf) =>
        record.ValueKind == JsonValueKind.Object
        && record.TryGetProperty(KindMember, out var kind) && kind.ValueKind == JsonValueKind.String && kind.ValueEquals(leaf.Kind)
        && record.TryGetProperty(TimeMember, out var time) && time.ValueKind == JsonValueKind.Number
        && time.TryGetInt64(out var timeMs) && timeMs == leaf.TimeMs;

    /// <summary>An answer's data is vouched for by the digest in its outcome, or by nothing: then the receipt is of something else.</summary>
    private static void CheckReleased(Leaf leaf, JsonElement released, Opening? opening)
    {
        var digest = Convert.ToBase64String(SHA256.HashData(Canonical(released, FindingCode.RecordMismatch)));
        if (leaf.Kind != LeafKinds.AccessReleased || opening is null || opening.Record.ValueKind != JsonValueKind.Object
            || !opening.Record.TryGetProperty(DigestMember, out var logged)
            || logged.ValueKind != JsonValueKind.String || !logged.ValueEquals(digest))
        {
            throw FindingException.DoesNotVerify(FindingCode.RecordMismatch, "The record in this answer is not the one whose release was logged.");
        }
    }

    private static byte[] Canonical(JsonElement value, string code)
    {
        try
        {
            return CanonicalJson.Canonicalize(value);
        }
        catch (FormatException exception)
        {
            throw FindingException.DoesNotVerify(code, $"The record has no canonical form: {exception.Message}");
        }
    }
}
