using System.Text.Json.Serialization;
using DataExchange.Contracts.Records;
using DataExchange.Policy.Catalogue;
using DataExchange.Policy.Model;

namespace DataExchange.Gateway.Catalogue;

/// <summary>An entry of the catalogue: what is published under its code, and what is being prepared.</summary>
public sealed record EntryView
{
    /// <summary><c>{member}/{name}</c>.</summary>
    public required string Code { get; init; }

    /// <summary>State of the newest revision that was published: <c>Published</c> or <c>Withdrawn</c>; <c>None</c> before the first.</summary>
    public required RevisionState State { get; init; }

    /// <summary>The published revision.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Dataset? Published { get; init; }

    /// <summary>The revision that is being prepared.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DraftView? Draft { get; init; }

    /// <summary>Number that a draft has, or would have.</summary>
    public required int NextRevision { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTimeOffset Updated { get; init; }

    /// <summary>Index of the newest governance entry about it; also its <c>ETag</c>.</summary>
    public required long LogIndex { get; init; }

    /// <summary>Of a publication: how the revision differs from the one that was published before.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<DatasetChange>? Changes { get; init; }

    /// <summary>Of a publication or a withdrawal: agreements in force that permit nothing from here on.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Ended { get; init; }

    /// <summary>Receipt of the change just made; absent when the entry is read.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Receipt? Receipt { get; init; }
}

/// <summary>A revision that is being prepared, and what it would do.</summary>
public sealed record DraftView
{
    public required Dataset Dataset { get; init; }

    /// <summary><c>Draft</c> or <c>UnderReview</c>.</summary>
    public required RevisionState State { get; init; }

    /// <summary>How it differs from the published revision.</summary>
    public required IReadOnlyList<DatasetChange> Changes { get; init; }

    /// <summary>Agreements in force that would permit nothing once it is published.</summary>
    public required IReadOnlyList<string> WouldEnd { get; init; }

    /// <summary>What is missing before it can be submitted, as <c>{path}: {what}</c>.</summary>
    public required IReadOnlyList<string> Missing { get; init; }

    /// <summary>Why the reviewer sent it back last.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ReturnedFor { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? SubmittedAt { get; init; }

    /// <summary>By when it is to be published: two working days after it was submitted (Order 809).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? Due { get; init; }

    /// <summary>A day on the way lies in a year whose holidays are not published yet; the term may still move.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool DueIsAssumed { get; init; }
}

/// <summary>A revision that was published once.</summary>
/// <param name="Revision">Its number.</param>
/// <param name="State"><c>Published</c>, <c>Superseded</c> or <c>Withdrawn</c>.</param>
/// <param name="PublishedAt">When.</param>
/// <param name="LogIndex">Index of the governance entry that published it.</param>
/// <param name="Dataset">What it says.</param>
public sealed record RevisionView(int Revision, RevisionState State, DateTimeOffset PublishedAt, long LogIndex, Dataset Dataset);

/// <summary>How two revisions differ.</summary>
/// <param name="Code"><c>{member}/{name}</c>.</param>
/// <param name="From">The older one; 0 for nothing.</param>
/// <param name="To">The newer one.</param>
/// <param name="Breaking">Whether any change is breaking.</param>
/// <param name="Changes">Every change.</param>
public sealed record DiffView(string Code, int From, int To, bool Breaking, IReadOnlyList<DatasetChange> Changes);

/// <summary>Body of <c>return</c> and <c>withdraw</c>.</summary>
/// <param name="Reason">Why, without personal data: it stands in the log for ever.</param>
public sealed record ReasonBody(string Reason);
