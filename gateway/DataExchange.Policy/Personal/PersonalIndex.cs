using System.Collections.Immutable;
using System.Runtime.InteropServices;
using DataExchange.Policy.Model;

namespace DataExchange.Policy.Personal;

/// <summary>Records of one register by id and by subject, persistent: a change costs the depth of a tree, not its size.</summary>
public abstract class PersonalIndex
{
    internal abstract PersonalIndex Set(PersonalRecord record);

    /// <summary>All of these that are of this register, in the order of their entries; into an index that is empty at the cost of one table.</summary>
    internal abstract PersonalIndex SetAll(ReadOnlySpan<PersonalRecord> records);

    /// <summary>As if there had never been anything about these subjects.</summary>
    internal abstract PersonalIndex Without(IReadOnlyCollection<SubjectHandle> subjects);

    internal abstract IEnumerable<PersonalRecord> About(SubjectHandle subject);
}

/// <inheritdoc/>
public sealed class PersonalIndex<TRecord> : PersonalIndex
    where TRecord : PersonalRecord
{
    internal static readonly PersonalIndex<TRecord> Empty = new(new(new Dictionary<string, TRecord>(StringComparer.Ordinal)), new(new Dictionary<SubjectHandle, ImmutableArray<TRecord>>()));

    private readonly LayeredMap<string, TRecord> _byId;
    private readonly LayeredMap<SubjectHandle, ImmutableArray<TRecord>> _bySubject;

    private PersonalIndex(LayeredMap<string, TRecord> byId, LayeredMap<SubjectHandle, ImmutableArray<TRecord>> bySubject)
    {
        _byId = byId;
        _bySubject = bySubject;
    }

    /// <summary>All records, in no order.</summary>
    public IEnumerable<TRecord> All => _byId.Values;

    public int Count => _byId.Count;

    public TRecord? Find(string id) => _byId.TryGet(id, out var record) ? record : null;

    /// <summary>The records about a person, the oldest change first.</summary>
    public IReadOnlyList<TRecord> Of(SubjectHandle subject) => OfSubject(subject);

    internal override PersonalIndex Set(PersonalRecord record)
    {
        var others = OfSubject(record.Subject).RemoveAll(r => r.Id == record.Id);
        return new PersonalIndex<TRecord>(_byId.Set(record.Id, (TRecord)record), _bySubject.Set(record.Subject, others.Add((TRecord)record)));
    }

    internal override PersonalIndex SetAll(ReadOnlySpan<PersonalRecord> records)
    {
        if (Count == 0)
        {
            return Fill(records);
        }

        PersonalIndex index = this;
        foreach (var record in records)
        {
            index = record is TRecord ? index.Set(record) : index;
        }

        return index;
    }

    internal override PersonalIndex Without(IReadOnlyCollection<SubjectHandle> subjects)
    {
        var (byId, bySubject) = (_byId, _bySubject);
        foreach (var subject in subjects)
        {
            foreach (var record in OfSubject(subject))
            {
                byId = byId.Remove(record.Id);
            }

            bySubject = bySubject.Remove(subject);
        }

        return new PersonalIndex<TRecord>(byId, bySubject);
    }

    internal override IEnumerable<PersonalRecord> About(SubjectHandle subject) => Of(subject);

    private ImmutableArray<TRecord> OfSubject(SubjectHandle subject) => _bySubject.TryGet(subject, out var records) ? records : [];

    // A row is a record, so no id comes twice; counted first, so that each person's records are written once.
    private static PersonalIndex<TRecord> Fill(ReadOnlySpan<PersonalRecord> records)
    {
        var counts = new Dictionary<SubjectHandle, int>();
        var total = 0;
        foreach (var record in records)
        {
            if (record is TRecord)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(counts, record.Subject, out _)++;
                total++;
            }
        }

        if (total == 0)
        {
            return Empty;
        }

        var byId = new Dictionary<string, TRecord>(total, StringComparer.Ordinal);
        var bySubject = new Dictionary<SubjectHandle, (TRecord[] Records, int Next)>(counts.Count);
        foreach (var candidate in records)
        {
            if (candidate is TRecord record)
            {
                byId.Add(record.Id, record);
                ref var held = ref CollectionsMarshal.GetValueRefOrAddDefault(bySubject, record.Subject, out var isKnown);
                held.Records = isKnown ? held.Records : new TRecord[counts[record.Subject]];
                held.Records[held.Next++] = record;
            }
        }

        return new PersonalIndex<TRecord>(
            new(byId), new(bySubject.ToDictionary(held => held.Key, held => ImmutableCollectionsMarshal.AsImmutableArray(held.Value.Records))));
    }
}
