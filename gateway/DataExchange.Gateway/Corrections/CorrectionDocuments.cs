using System.Text.Json.Serialization;
using DataExchange.Contracts.Records;
using DataExchange.Policy.Corrections;

namespace DataExchange.Gateway.Corrections;

/// <summary>Body of <c>POST /v1/me/corrections</c>.</summary>
public record OwnErrorReport
{
    /// <summary>Id of the decision under which the value was seen: it stands in the answer, and in a person's list of uses.</summary>
    public required string Decision { get; init; }

    /// <summary>Name of the field.</summary>
    public required string Field { get; init; }

    public required CorrectionReason Reason { get; init; }

    /// <summary>The same in your words, at most 500 characters.</summary>
    public required string Explanation { get; init; }
}

/// <summary>Body of <c>POST /v1/corrections</c>.</summary>
public sealed record ErrorReport : OwnErrorReport
{
    /// <summary>Whose record it is.</summary>
    public required SubjectRef Subject { get; init; }
}

/// <summary>Body of <c>/correct</c> and <c>/reject</c>.</summary>
/// <param name="Answer">What was corrected, or why not; at most 500 characters.</param>
public sealed record CorrectionAnswer(string Answer);

/// <summary>Body of <c>/forward</c>.</summary>
/// <param name="To">Code of the member that owns the value.</param>
public sealed record CorrectionForwarding(string To);

/// <summary>A reported error as the person, the reporting department and the owner see it.</summary>
public sealed record CorrectionView
{
    public required string Id { get; init; }
    public required CorrectionState State { get; init; }
    /// <summary>Nobody has answered yet.</summary>
    public required bool Disputed { get; init; }
    public required string Dataset { get; init; }
    public required string Field { get; init; }
    public required CorrectionReason Reason { get; init; }
    public required string Explanation { get; init; }
    public required string Decision { get; init; }
    /// <summary>The department that reported it; absent when the person did.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ReportedBy { get; init; }
    public required string Owner { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ForwardedBy { get; init; }
    /// <summary>When the owner has to have answered: ten working days.</summary>
    public required DateTimeOffset Due { get; init; }
    /// <summary>A year on the way has no published calendar yet.</summary>
    public required bool DueIsAssumed { get; init; }
    public required bool Overdue { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? EscalatedAt { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Answer { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? AnsweredAt { get; init; }
    /// <summary>Whose record it is; for the owner, who has to look it up, and only when one report is read.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SubjectRef? Subject { get; init; }
    /// <summary>Index of the newest governance entry about it.</summary>
    public required long LogIndex { get; init; }
    /// <summary>Receipt of the change just made.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Receipt? Receipt { get; init; }
}
