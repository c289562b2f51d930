using System.Collections.Immutable;
using DataExchange.Policy.Model;

namespace DataExchange.Policy.Personal;

/// <summary>Records of one register by id and by subject, persistent: a change costs the depth of the tree, not its size.</summary>
public abstract class PersonalIndex
{
    internal abstract PersonalIndex Set(PersonalRecord record);

    /// <summary>As if there had never been anything about these subjects.</summary>
    internal abstract PersonalIndex Without(IReadOnlyCollection<SubjectHandle> subjects);

    internal abstract IEnumerable<PersonalRecord> About(SubjectHandle subject);
}

/// <inheritdoc/>
public sealed class PersonalIndex<TRecord> : PersonalIndex
    where TRecord : PersonalRecord
{
    internal static readonly PersonalIndex<TRecord> Empty = new(
        ImmutableDictionary.Create<string, TRecord>(StringComparer.Ordinal),
        ImmutableDictionary<SubjectHandle, ImmutableArray<TRecord>>.Empty);

    private readonly ImmutableDictionary<string, TRecord> _byId;
    private readonly ImmutableDictionary<SubjectHandle, ImmutableArray<TRecord>> _bySubject;

    private PersonalIndex(ImmutableDictionary<string, TRecord> byId, ImmutableDictionary<SubjectHandle, ImmutableArray<TRecord>> bySubject)
    {
        _byId = byId;
        _bySubject = bySubject;
    }

    /// <summary>All records, in no order.</summary>
    public IEnumerable<TRecord> All => _byId.Values;

    public int Count => _byId.Count;

    public TRecord? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>The records about a person, the oldest change first.</summary>
    public IReadOnlyList<TRecord> Of(SubjectHandle subject) => _bySubject.TryGetValue(subject, out var records) ? records : [];

    internal override PersonalIndex Set(PersonalRecord record)
    {
        var others = _bySubject.GetValueOrDefault(record.Subject, []).RemoveAll(r => r.Id == record.Id);
        return new PersonalIndex<TRecord>(_byId.SetItem(record.Id, (TRecord)record), _bySubject.SetItem(record.Subject, others.Add((TRecord)record)));
    }

    internal override PersonalIndex Without(IReadOnlyCollection<SubjectHandle> subjects) =>
        new PersonalIndex<TRecord>(_byId.RemoveRange(subjects.SelectMany(Of).Select(record => record.Id)), _bySubject.RemoveRange(subjects));

    internal override IEnumerable<PersonalRecord> About(SubjectHandle subject) => Of(subject);
}
