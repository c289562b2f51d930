using System.Text.Json.Serialization;
using DataExchange.Contracts.Records;
using DataExchange.Policy.Complaints;

namespace DataExchange.Gateway.Complaints;

/// <summary>Body of <c>POST /v1/me/complaints</c>.</summary>
public sealed record ComplaintRequest
{
    /// <summary>Code of the department complained of.</summary>
    public required string Member { get; init; }

    public required ComplaintGround Ground { get; init; }

    /// <summary>In your words, at most 1,000 characters.</summary>
    public required string Explanation { get; init; }

    /// <summary>Id of the decision, consent or correction that it is about.</summary>
    public string? Reference { get; init; }
}

/// <summary>Body of <c>/answer</c>, <c>/uphold</c> and <c>/reject</c>.</summary>
/// <param name="Answer">What the person is told, at most 1,000 characters.</param>
public sealed record ComplaintAnswer(string Answer);

/// <summary>A complaint as the person and the reviewers see it.</summary>
public sealed record ComplaintView
{
    public required string Id { get; init; }
    public required ComplaintState State { get; init; }
    /// <summary>Who complains: the same text for the same person, and no more. For reviewers.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Person { get; init; }
    public required string Member { get; init; }
    public required ComplaintGround Ground { get; init; }
    public required string Explanation { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reference { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    /// <summary>When it has to be answered.</summary>
    public required DateTimeOffset Due { get; init; }
    public required bool Overdue { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? EscalatedAt { get; init; }
    /// <summary>Who has taken it. For reviewers.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reviewer { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Answer { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? AnsweredAt { get; init; }
    /// <summary>Index of the newest governance entry about it.</summary>
    public required long LogIndex { get; init; }
    /// <summary>Receipt of the change just made.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Receipt? Receipt { get; init; }
}
