using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using DataExchange.Contracts.Log;
using DataExchange.Policy.Events;

namespace DataExchange.Policy.Personal;

/// <summary>One register of records about people: its name, the kinds of its events, and how its records are written.</summary>
public abstract class PersonalRegister(string name, IReadOnlyList<string> kinds)
{
    /// <summary>The first part of its kinds, and the register of its rows.</summary>
    public string Name { get; } = name;

    /// <summary>Kinds of its events, <c>{register}.{event}</c>.</summary>
    public IReadOnlyList<string> Kinds { get; } = kinds;

    internal abstract IEnumerable<EventKind> EventKinds { get; }

    internal abstract PersonalIndex Empty { get; }

    /// <summary>A record as its row holds it: the newest one together with the subject it belongs to.</summary>
    public abstract byte[] WriteRow(PersonalRecord record);

    /// <summary>Reads what <see cref="WriteRow"/> wrote.</summary>
    /// <exception cref="JsonException">Not a record of this register with its subject.</exception>
    /// <param name="row">The row's value.</param>
    /// <param name="index">Index of the entry that the row is of.</param>
    /// <param name="shared">Texts that many records have in common.</param>
    public abstract PersonalRecord ReadRow(ReadOnlySpan<byte> row, long index, SharedTexts shared);
}

/// <inheritdoc/>
internal sealed class PersonalRegister<TRecord>(string name, JsonTypeInfo<TRecord> json, params IReadOnlyList<string> kinds) : PersonalRegister(name, kinds)
    where TRecord : PersonalRecord
{
    /// <summary>Reads the plain rows of a register that has very many; null for a row that it leaves to the general reader.</summary>
    public RowReader? Plain { get; init; }

    public delegate TRecord? RowReader(ReadOnlySpan<byte> row, long index, SharedTexts shared);

    internal override IEnumerable<EventKind> EventKinds => Kinds.Select(kind => new EventKind<PersonalChanged, TRecord>(
        kind, json, changed => (TRecord)(changed.Record with { Subject = default }), (record, subject) => new PersonalChanged(kind, record with { Subject = subject })));

    internal override PersonalIndex Empty => PersonalIndex<TRecord>.Empty;

    public override byte[] WriteRow(PersonalRecord record) => CanonicalJson.Canonicalize(JsonSerializer.SerializeToUtf8Bytes((TRecord)record, json));

    public override PersonalRecord ReadRow(ReadOnlySpan<byte> row, long index, SharedTexts shared) => Plain?.Invoke(row, index, shared)
        ?? (JsonSerializer.Deserialize(row, json) is { Subject: { Value: not null } } record
            ? record with { LogIndex = index, Subject = shared.Of(record.Subject) }
            : throw new JsonException("A row names its subject."));
}
