using System.Collections.Immutable;
using DataExchange.Policy.Consents;
using DataExchange.Policy.Model;

namespace DataExchange.Policy.Rules;

/// <summary>Consents by id and by subject, persistent: a change costs the depth of the tree, not its size.</summary>
internal sealed class ConsentIndex
{
    public static readonly ConsentIndex Empty = new(
        ImmutableDictionary.Create<string, ConsentRecord>(StringComparer.Ordinal),
        ImmutableDictionary<SubjectHandle, ImmutableArray<ConsentRecord>>.Empty);

    private readonly ImmutableDictionary<string, ConsentRecord> _byId;
    private readonly ImmutableDictionary<SubjectHandle, ImmutableArray<ConsentRecord>> _bySubject;

    private ConsentIndex(ImmutableDictionary<string, ConsentRecord> byId, ImmutableDictionary<SubjectHandle, ImmutableArray<ConsentRecord>> bySubject)
    {
        _byId = byId;
        _bySubject = bySubject;
    }

    public IEnumerable<ConsentRecord> All => _byId.Values;

    public ConsentRecord? Find(string id) => _byId.GetValueOrDefault(id);

    public IReadOnlyList<ConsentRecord> Of(SubjectHandle subject) => _bySubject.TryGetValue(subject, out var consents) ? consents : [];

    public ConsentIndex Set(ConsentRecord consent)
    {
        var others = _bySubject.GetValueOrDefault(consent.Subject, []).RemoveAll(c => c.Id == consent.Id);
        return new ConsentIndex(_byId.SetItem(consent.Id, consent), _bySubject.SetItem(consent.Subject, others.Add(consent)));
    }

    /// <summary>As if these subjects had never been asked.</summary>
    public ConsentIndex Without(IEnumerable<SubjectHandle> subjects)
    {
        var gone = subjects.ToList();
        return new ConsentIndex(_byId.RemoveRange(gone.SelectMany(Of).Select(consent => consent.Id)), _bySubject.RemoveRange(gone));
    }
}
