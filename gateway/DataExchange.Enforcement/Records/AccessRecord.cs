using DataExchange.Contracts.Log;
using DataExchange.Contracts.Records;
using DataExchange.Enforcement.Buffers;
using DataExchange.Enforcement.Exchanges;
using DataExchange.Policy.Decisions;

namespace DataExchange.Enforcement.Records;

/// <summary>
/// What the access log says, in canonical JSON, written once in its final order; <c>contracts/log-format.md</c> describes the members.
/// No record holds the subject's token: its opening goes to the consumer and the provider, and the token would let them find every
/// other entry about the same person.
/// </summary>
internal static class AccessRecord
{
    /// <summary>
    /// The record of <c>access.requested</c> (with the fields to be asked for), of <c>access.refused</c> (with the index of the intent,
    /// when the rules refused only after the provider had answered) and of <c>access.evaluated</c> (with who asked, when on behalf of
    /// another): the decision and all that it was made from.
    /// </summary>
    public static void WriteDecision(PooledBuffer output, string kind, Judgement judgement, long timeMs, long? intent = null, Actor? asker = null)
    {
        var writer = new CanonicalJsonWriter(output);
        var decision = judgement.Seen;
        writer.WriteStartObject();
        writer.WriteStringIfPresent("agreement", decision.Agreement);
        if (asker is not null)
        {
            writer.WritePropertyName("asker");
            WriteAsker(writer, asker);
        }

        writer.WriteString("client", judgement.Request.Actor.ClientId);
        writer.WriteStringIfPresent("consumer", decision.Consumer);
        writer.WriteString("dataset", judgement.Request.Dataset);
        writer.WriteNumber("decided", judgement.TimeMs);
        writer.WritePropertyName("decision");
        DecisionRecord.WriteDecision(writer, decision);
        WritePermitted(writer, judgement);
        writer.WriteNumber("governance", judgement.Governance);
        if (intent is { } index)
        {
            writer.WriteNumber("intent", index);
        }

        writer.WriteString("kind", kind);
        writer.WriteString("provider", ProviderOf(judgement));
        writer.WriteString("purpose", judgement.Request.Purpose);
        writer.WritePropertyName("request");
        DecisionRecord.WriteRequest(writer, judgement.Request);
        WriteTail(writer, judgement, timeMs);
        writer.WriteEndObject();
    }

    /// <summary>The record of <c>access.released</c>. The digest is SHA-256 of the canonical form of what leaves.</summary>
    public static void WriteReleased(
        PooledBuffer output, Judgement judgement, long intent, IReadOnlyList<PermittedField> fields, IReadOnlyList<WithheldField> withheld, ReadOnlySpan<byte> digest, long timeMs)
    {
        var writer = new CanonicalJsonWriter(output);
        writer.WriteStartObject();
        WriteHead(writer, judgement);
        writer.WriteNumber("decided", judgement.TimeMs);
        writer.WritePropertyName("digest");
        writer.WriteBase64StringValue(digest);
        WriteFields(writer, fields);
        writer.WriteNumber("governance", judgement.Governance);
        writer.WriteNumber("intent", intent);
        writer.WriteString("kind", LeafKinds.AccessReleased);
        writer.WriteString("provider", ProviderOf(judgement));
        writer.WriteString("purpose", judgement.Request.Purpose);
        WriteTail(writer, judgement, timeMs);
        writer.WritePropertyName("withheld");
        writer.WriteStartArray();
        foreach (var (field, reason) in withheld)
        {
            writer.WriteStartObject();
            writer.WriteString("field", field);
            writer.WriteString("reason", reason);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>The record of <c>access.failed</c>. The problem is a slug, or <see cref="CallerGone"/>.</summary>
    public static void WriteFailed(PooledBuffer output, Judgement judgement, long intent, string problem, long timeMs)
    {
        var writer = new CanonicalJsonWriter(output);
        writer.WriteStartObject();
        WriteHead(writer, judgement);
        writer.WriteNumber("governance", judgement.Governance);
        writer.WriteNumber("intent", intent);
        writer.WriteString("kind", LeafKinds.AccessFailed);
        writer.WriteString("problem", problem);
        writer.WriteString("provider", ProviderOf(judgement));
        writer.WriteString("purpose", judgement.Request.Purpose);
        WriteTail(writer, judgement, timeMs);
        writer.WriteEndObject();
    }

    /// <summary>The failure that is answered to nobody: the caller hung up before the record could leave.</summary>
    public const string CallerGone = "caller-gone";

    private static void WriteAsker(CanonicalJsonWriter writer, Actor asker)
    {
        writer.WriteStartObject();
        writer.WriteString("clientId", asker.ClientId);
        writer.WriteStringIfPresent("userId", asker.UserId);
        writer.WriteEndObject();
    }

    private static void WriteHead(CanonicalJsonWriter writer, Judgement judgement)
    {
        writer.WriteStringIfPresent("agreement", judgement.Decision.Agreement);
        writer.WriteString("client", judgement.Request.Actor.ClientId);
        writer.WriteStringIfPresent("consumer", judgement.Decision.Consumer);
        writer.WriteString("dataset", judgement.Request.Dataset);
    }

    private static void WriteTail(CanonicalJsonWriter writer, Judgement judgement, long timeMs)
    {
        if (judgement.Dataset is { } dataset)
        {
            writer.WriteNumber("revision", dataset.Revision);
        }

        writer.WritePropertyName("subject");
        writer.WriteStartObject();
        writer.WriteString("scheme", judgement.Subject.Scheme);
        writer.WriteString("value", judgement.Subject.Value);
        writer.WriteEndObject();
        writer.WriteNumber("time", timeMs);
    }

    private static void WritePermitted(CanonicalJsonWriter writer, Judgement judgement) =>
        WriteFields(writer, judgement.Asks ? judgement.Seen.Permitted : []);

    private static void WriteFields(CanonicalJsonWriter writer, IReadOnlyList<PermittedField> fields)
    {
        writer.WritePropertyName("fields");
        writer.WriteStartArray();
        for (var i = 0; i < fields.Count; i++)
        {
            writer.WriteStringValue(fields[i].Name);
        }

        writer.WriteEndArray();
    }

    private static string ProviderOf(Judgement judgement) =>
        judgement.Request.Dataset[..judgement.Request.Dataset.IndexOf('/', StringComparison.Ordinal)];
}
