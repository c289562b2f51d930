using System.Collections.Immutable;
using DataExchange.Policy.Events;
using DataExchange.Policy.Model;

namespace DataExchange.Policy.Catalogue;

/// <summary>The catalogue as the governance log has it: the fold over its events. Immutable.</summary>
internal sealed class CatalogueRegister
{
    public static readonly CatalogueRegister Empty = new(
        ImmutableSortedDictionary.Create<string, CatalogueEntry>(StringComparer.Ordinal), ImmutableDictionary.Create<string, Dataset>(StringComparer.Ordinal), default);

    private readonly ImmutableSortedDictionary<string, CatalogueEntry> _entries;

    // Beside the entries, for every decision asks for the published revision.
    private readonly ImmutableDictionary<string, Dataset> _published;
    private readonly DateTimeOffset _founded;

    private CatalogueRegister(ImmutableSortedDictionary<string, CatalogueEntry> entries, ImmutableDictionary<string, Dataset> published, DateTimeOffset founded) =>
        (_entries, _published, _founded) = (entries, published, founded);

    /// <summary>By code.</summary>
    public IEnumerable<CatalogueEntry> Entries => _entries.Values;

    public IEnumerable<Dataset> Published => _published.Values;

    public CatalogueEntry? Find(string code) => _entries.GetValueOrDefault(code);

    public Dataset? FindPublished(string code) => _published.GetValueOrDefault(code);

    /// <summary>What a founding document's entries are dated by.</summary>
    public CatalogueRegister FoundedAt(DateTimeOffset founded) => new(_entries, _published, founded);

    public CatalogueRegister Apply(DatasetPublished published, long index)
    {
        var dataset = published.Dataset;
        var at = published.Stamp?.At ?? _founded;
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

    public CatalogueRegister Apply(DatasetDrafted drafted, long index)
    {
        var entry = Of(drafted.Dataset.Code);
        var draft = new CatalogueDraft(drafted.Dataset, RevisionState.Draft, drafted.Stamp.By, ReturnedFor: entry.Draft?.ReturnedFor);
        return With(entry with { Draft = draft }, new CatalogueStep(index, drafted.Kind, drafted.Dataset.Revision, drafted.Stamp.At));
    }

    public CatalogueRegister Apply(DatasetSubmitted submitted, long index)
    {
        var entry = Of(submitted.Code);
        var draft = entry.Draft! with { State = RevisionState.UnderReview, SubmittedBy = submitted.Stamp.By, SubmittedAt = submitted.Stamp.At };
        return With(entry with { Draft = draft }, new CatalogueStep(index, submitted.Kind, submitted.Revision, submitted.Stamp.At));
    }

    public CatalogueRegister Apply(DatasetReturned returned, long index)
    {
        var entry = Of(returned.Code);
        var draft = entry.Draft! with { State = RevisionState.Draft, SubmittedBy = default, SubmittedAt = null, ReturnedFor = returned.Reason };
        return With(entry with { Draft = draft }, new CatalogueStep(index, returned.Kind, returned.Revision, returned.Stamp.At, returned.Reason));
    }

    public CatalogueRegister Apply(DatasetDiscarded discarded, long index) =>
        With(Of(discarded.Code) with { Draft = null }, new CatalogueStep(index, discarded.Kind, discarded.Revision, discarded.Stamp.At));

    /// <summary>Everything that was published under the code is withdrawn, older revisions included: what was agreed over them does not come back with the next one.</summary>
    public CatalogueRegister Apply(DatasetWithdrawn withdrawn, long index)
    {
        var entry = Of(withdrawn.Code);
        var revisions = entry.Revisions.ConvertAll(revision => revision with { State = RevisionState.Withdrawn, Breaks = [] });
        return With(entry with { Revisions = revisions }, new CatalogueStep(index, withdrawn.Kind, withdrawn.Revision, withdrawn.Stamp.At, withdrawn.Reason));
    }

    private CatalogueEntry Of(string code) => Find(code) ?? new CatalogueEntry { Code = code };

    private CatalogueRegister With(CatalogueEntry entry, CatalogueStep step)
    {
        var next = entry with { History = entry.History.Add(step) };
        return new(
            _entries.SetItem(next.Code, next),
            next.Published is { } published ? _published.SetItem(next.Code, published) : _published.Remove(next.Code),
            _founded);
    }
}
