using System.Collections.Immutable;
using DataExchange.Policy.Model;

namespace DataExchange.Policy.Catalogue;

/// <summary>A dataset code in the catalogue: what was published under it, what is being prepared, and what happened.</summary>
public sealed record CatalogueEntry
{
    /// <summary><c>{member}/{name}</c>.</summary>
    public required string Code { get; init; }

    /// <summary>Every revision that was ever published, oldest first.</summary>
    public ImmutableList<CatalogueRevision> Revisions { get; init; } = [];

    /// <summary>The revision that is being prepared; null for none.</summary>
    public CatalogueDraft? Draft { get; init; }

    /// <summary>Every event, oldest first.</summary>
    public ImmutableList<CatalogueStep> History { get; init; } = [];

    /// <summary>The published revision; null before the first and after a withdrawal.</summary>
    public Dataset? Published => Revisions is [.., { State: RevisionState.Published } last] ? last.Dataset : null;

    /// <summary>State of the newest revision that was published; <see cref="RevisionState.None"/> when there is none.</summary>
    public RevisionState State => Revisions is [.., var last] ? last.State : RevisionState.None;

    /// <summary>State of the revision that is being prepared; <see cref="RevisionState.None"/> when there is none.</summary>
    public RevisionState DraftState => Draft?.State ?? RevisionState.None;

    /// <summary>Number of the revision that a draft has or would have.</summary>
    public int NextRevision => Revisions is [.., var last] ? last.Dataset.Revision + 1 : 1;

    /// <summary>Index of the newest governance entry about it.</summary>
    public long LogIndex => History[^1].LogIndex;

    /// <summary>When it last changed.</summary>
    public DateTimeOffset Updated => History[^1].At;

    /// <summary>The newest description there is: the published or withdrawn revision, or else the draft; null when all there was has been discarded.</summary>
    public Dataset? Newest => Revisions is [.., var last] ? last.Dataset : Draft?.Dataset;

    /// <summary>A revision that was published once, whatever became of it.</summary>
    public CatalogueRevision? Find(int revision)
    {
        for (var i = Revisions.Count - 1; i >= 0; i--)
        {
            if (Revisions[i].Dataset.Revision == revision)
            {
                return Revisions[i];
            }
        }

        return null;
    }
}

/// <summary>A revision that was published.</summary>
/// <param name="Dataset">What it says.</param>
/// <param name="State">Published, superseded or withdrawn.</param>
/// <param name="LogIndex">Index of the entry that published it.</param>
/// <param name="At">When it was published.</param>
/// <param name="Breaks">Of a superseded revision: what breaks between it and the published one. Reckoned once, for every decision asks.</param>
public sealed record CatalogueRevision(Dataset Dataset, RevisionState State, long LogIndex, DateTimeOffset At, IReadOnlyList<DatasetChange> Breaks)
{
    /// <summary>
    /// Whether an agreement over this revision goes on. It does while the revision is published; and after it was superseded, as long as
    /// nothing that the agreement stands on is broken by the one published now. Nothing goes on over a withdrawn revision.
    /// </summary>
    public bool Serves(SharingAgreement agreement)
    {
        ArgumentNullException.ThrowIfNull(agreement);
        return State == RevisionState.Published || (State == RevisionState.Superseded && FirstBreak(agreement) is null);
    }

    /// <summary>The first change that ends what the agreement stands on; null when none does.</summary>
    public DatasetChange? FirstBreak(SharingAgreement agreement)
    {
        ArgumentNullException.ThrowIfNull(agreement);
        for (var i = 0; i < Breaks.Count; i++)
        {
            if (Breaks[i].Breaks(agreement))
            {
                return Breaks[i];
            }
        }

        return null;
    }
}

/// <summary>The revision that is being prepared.</summary>
/// <param name="Dataset">What it says now.</param>
/// <param name="State">Draft or under review.</param>
/// <param name="WrittenBy">The steward who wrote it last.</param>
/// <param name="SubmittedBy">The steward who submitted it; default while it is not under review.</param>
/// <param name="SubmittedAt">When; null while it is not under review.</param>
/// <param name="ReturnedFor">Why the reviewer sent it back last; null when that did not happen.</param>
public sealed record CatalogueDraft(
    Dataset Dataset, RevisionState State, SubjectHandle WrittenBy, SubjectHandle SubmittedBy = default, DateTimeOffset? SubmittedAt = null, string? ReturnedFor = null);

/// <summary>An event of an entry's history.</summary>
/// <param name="LogIndex">Index in the governance log.</param>
/// <param name="Kind">A kind of <see cref="Contracts.Log.LeafKinds"/>.</param>
/// <param name="Revision">The revision it is about.</param>
/// <param name="At">When, by the log's clock.</param>
/// <param name="Reason">Why, for a return or a withdrawal.</param>
public sealed record CatalogueStep(long LogIndex, string Kind, int Revision, DateTimeOffset At, string? Reason = null);
