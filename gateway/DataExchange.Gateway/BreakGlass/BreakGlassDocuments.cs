using System.Text.Json.Serialization;
using DataExchange.Contracts.Records;
using DataExchange.Policy.BreakGlass;

namespace DataExchange.Gateway.BreakGlass;

/// <summary>Body of <c>POST /v1/break-glass</c>.</summary>
public sealed record BreakGlassRequest
{
    /// <summary>The one person whom it is for.</summary>
    public required SubjectRef Subject { get; init; }

    public required BreakGlassReason Reason { get; init; }

    /// <summary>The same in your words, at most 500 characters.</summary>
    public required string Explanation { get; init; }

    /// <summary>1 to 15; 15 by default.</summary>
    public int? Minutes { get; init; }

    /// <summary>Whether it waits for a colleague's approval. Without one it is open at once, and reviewed within 24 hours.</summary>
    public bool SecondPerson { get; init; }
}

/// <summary>Body of <c>/justify</c> and <c>/censure</c>.</summary>
/// <param name="Finding">Why, at most 500 characters.</param>
public sealed record BreakGlassFinding(string Finding);

/// <summary>A grant as its department and its reviewers see it.</summary>
public record BreakGlassView
{
    public required string Id { get; init; }
    public required BreakGlassState State { get; init; }
    /// <summary>Whom it is about: the same text for the same person, and no more.</summary>
    public required string Person { get; init; }
    public required string Member { get; init; }
    public required string Holder { get; init; }
    public required BreakGlassReason Reason { get; init; }
    public required string Explanation { get; init; }
    public required DateTimeOffset RequestedAt { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? OpenedAt { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? EndsAt { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SecondPerson { get; init; }
    /// <summary>When its review is due.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? ReviewBy { get; init; }
    /// <summary>The review was due and is not closed.</summary>
    public required bool Overdue { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reviewer { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? ClosedAt { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Finding { get; init; }
    /// <summary>Index of the newest governance entry about it.</summary>
    public required long LogIndex { get; init; }
    /// <summary>Receipt of the change just made.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Receipt? Receipt { get; init; }
}

/// <summary>A grant with what was done under it, for its reviewer.</summary>
/// <param name="Grant">The grant.</param>
/// <param name="Subject">Whom it was used about, as the entries of the uses say; null when it was not used.</param>
/// <param name="Uses">The decisions made under it, in the order of the log.</param>
public sealed record BreakGlassReview(BreakGlassView Grant, SubjectRef? Subject, IReadOnlyList<BreakGlassUse> Uses);

/// <summary>A decision under a grant.</summary>
/// <param name="Decision">Its id.</param>
/// <param name="At">When.</param>
/// <param name="Dataset">From where.</param>
/// <param name="Purpose">What for.</param>
/// <param name="Fields">What was asked.</param>
/// <param name="Outcome"><c>Permit</c>, <c>Partial</c> or <c>Deny</c>.</param>
/// <param name="Relaxed">What the grant let pass.</param>
/// <param name="Released">Whether the record left.</param>
public sealed record BreakGlassUse(
    string Decision, DateTimeOffset At, string Dataset, string Purpose, IReadOnlyList<string> Fields, string Outcome, IReadOnlyList<string> Relaxed, bool Released);
