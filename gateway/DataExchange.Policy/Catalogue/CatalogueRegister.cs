using System.Collections.Immutable;
using DataExchange.Policy.Events;
using DataExchange.Policy.Model;

namespace DataExchange.Policy.Catalogue;

/// <summary>The catalogue as the governance log has it: the fold over its events. Immutable.</summary>
internal sealed class CatalogueRegister
{
    public static readonly CatalogueRegister Empty = new(
        ImmutableDictionary.Create<string, CatalogueEntry>(StringComparer.Ordinal), ImmutableSortedSet.Create<string>(StringComparer.Ordinal), ImmutableDictionary.Create<string, Dataset>(StringComparer.Ordinal));

    // Every decision looks an entry up, so they are found by hash; those who list them want them by code.
    private readonly ImmutableDictionary<string, CatalogueEntry> _entries;
    private readonly ImmutableSortedSet<string> _codes;

    // Beside the entries: it stays the same object until something is published or withdrawn.
    private readonly ImmutableDictionary<string, Dataset> _published;

    private CatalogueRegister(ImmutableDictionary<string, CatalogueEntry> entries, ImmutableSortedSet<string> codes, ImmutableDictionary<string, Dataset> published) =>
        (_entries, _codes, _published) = (entries, codes, published);

    /// <summary>By code.</summary>
    public IEnumerable<CatalogueEntry> Entries => _codes.Select(code => _entries[code]);

    public IEnumerable<Dataset> Published => _published.Values;

    /// <summary>By reference: what is published is the same until something is published or withdrawn.</summary>
    public bool HasSamePublished(CatalogueRegister other) => ReferenceEquals(_published, other._published);

    public CatalogueEntry? Find(string code) => _entries.GetValueOrDefault(code);

    public Dataset? FindPublished(string code) => _published.GetValueOrDefault(code);

    public CatalogueRegister Apply(DatasetEvent @event, long index, DateTimeOffset at) => @event switch
    {
        DatasetPublished published => Apply(published, index, at),
        DatasetDrafted drafted => Apply(drafted, index, at),
        DatasetSubmitted submitted => Apply(submitted, index, at),
        DatasetReturned returned => Apply(returned, index, at),
        DatasetDiscarded discarded => Apply(discarded, index, at),
        DatasetWithdrawn withdrawn => Apply(withdrawn, index, at),
        _ => throw new InvalidOperationException($"No rule says what {@event.GetType().Name} changes."),
    };

    private CatalogueRegister Apply(DatasetPublished published, long index, DateTimeOffset at)
    {
        var dataset = published.Dataset;
        var entry = Of(dataset.Code);
        var revisions = entry.Revisions
            .ConvertAll(revision => revision.State == RevisionState.Withdrawn ? revision : revision with
            {
                State = RevisionState.Superseded,
                Breaks = [.. DatasetDiff.Between(revision.Dataset, dataset).Where(change => change.Breaking)],
            })
            .Add(new CatalogueRevision(dataset, RevisionState.Published, index, at, []));
        return With(entry with { Revisions = revisions, Draft = null }, new CatalogueStep(index, published.Kind, dataset.Revision, at));
    }

    private CatalogueRegister Apply(DatasetDrafted drafted, long index, DateTimeOffset at)
    {
        var entry = Of(drafted.Dataset.Code);
        var draft = new CatalogueDraft(drafted.Dataset, RevisionState.Draft, drafted.By, ReturnedFor: entry.Draft?.ReturnedFor);
        return With(entry with { Draft = draft }, new CatalogueStep(index, drafted.Kind, drafted.Dataset.Revision, at));
    }

    private CatalogueRegister Apply(DatasetSubmitted submitted, long index, DateTimeOffset at)
    {
        var entry = Of(submitted.Code);
        var draft = entry.Draft! with { State = RevisionState.UnderReview, SubmittedBy = submitted.By, SubmittedAt = at };
        return With(entry with { Draft = draft }, new CatalogueStep(index, submitted.Kind, submitted.Revision, at));
    }

    private CatalogueRegister Apply(DatasetReturned returned, long index, DateTimeOffset at)
    {
        var entry = Of(returned.Code);
        var draft = entry.Draft! with { State = RevisionState.Draft, SubmittedBy = default, SubmittedAt = null, ReturnedFor = returned.Reason };
        return With(entry with { Draft = draft }, new CatalogueStep(index, returned.Kind, returned.Revision, at, returned.Reason));
    }

    private CatalogueRegister Apply(DatasetDiscarded discarded, long index, DateTimeOffset at) =>
        With(Of(discarded.Code) with { Draft = null }, new CatalogueStep(index, discarded.Kind, discarded.Revision, at));

    /// <summary>Everything that was published under the code is withdrawn, older revisions included: what was agreed over them does not come back with the next one.</summary>
    private CatalogueRegister Apply(DatasetWithdrawn withdrawn, long index, DateTimeOffset at)
    {
        var entry = Of(withdrawn.Code);
        var revisions = entry.Revisions.ConvertAll(revision => revision with { State = RevisionState.Withdrawn, Breaks = [] });
        return With(entry with { Revisions = revisions }, new CatalogueStep(index, withdrawn.Kind, withdrawn.Revision, at, withdrawn.Reason));
    }

    private CatalogueEntry Of(string code) => Find(code) ?? new CatalogueEntry { Code = code };

    private CatalogueRegister With(CatalogueEntry entry, CatalogueStep step)
    {
        var next = entry with { History = entry.History.Add(step) };
        return new(
            _entries.SetItem(next.Code, next),
            _codes.Add(next.Code),
            next.Published is { } published ? _published.SetItem(next.Code, published) : _published.Remove(next.Code));
    }
}
