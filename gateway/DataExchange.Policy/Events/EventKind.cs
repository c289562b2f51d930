using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using DataExchange.Contracts.Log;
using DataExchange.Policy.Model;

namespace DataExchange.Policy.Events;

/// <summary>How the events of one kind are written and read.</summary>
internal abstract class EventKind(string kind)
{
    /// <summary>The leaf's kind.</summary>
    public string Kind { get; } = kind;

    /// <summary>The canonical record.</summary>
    public abstract byte[] Write(GovernanceEvent @event);

    /// <exception cref="JsonException">Not a record of this kind.</exception>
    public abstract GovernanceEvent Read(ReadOnlySpan<byte> record, SubjectHandle subject);
}

/// <param name="kind">The leaf's kind.</param>
/// <param name="json">How the record is written.</param>
/// <param name="toRecord">The event's record.</param>
/// <param name="toEvent">The event of a record, and of the subject under whose key it was sealed.</param>
internal sealed class EventKind<TEvent, TRecord>(string kind, JsonTypeInfo<TRecord> json, Func<TEvent, TRecord> toRecord, Func<TRecord, SubjectHandle, TEvent> toEvent) : EventKind(kind)
    where TEvent : GovernanceEvent
{
    public EventKind(string kind, JsonTypeInfo<TRecord> json, Func<TEvent, TRecord> toRecord, Func<TRecord, TEvent> toEvent)
        : this(kind, json, toRecord, (record, _) => toEvent(record))
    {
    }

    public override byte[] Write(GovernanceEvent @event) =>
        CanonicalJson.Canonicalize(JsonSerializer.SerializeToUtf8Bytes(toRecord((TEvent)@event), json));

    public override GovernanceEvent Read(ReadOnlySpan<byte> record, SubjectHandle subject) =>
        toEvent(JsonSerializer.Deserialize(record, json) ?? throw new JsonException("The record is null."), subject);
}
