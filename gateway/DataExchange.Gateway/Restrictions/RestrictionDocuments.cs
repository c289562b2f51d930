using System.Text.Json.Serialization;
using DataExchange.Contracts.Records;
using DataExchange.Policy.Restrictions;

namespace DataExchange.Gateway.Restrictions;

/// <summary>Body of <c>POST /v1/restrictions</c>.</summary>
public sealed record HoldRequest
{
    /// <summary>Whose records are to be hidden.</summary>
    public required SubjectRef Subject { get; init; }

    public required HoldReason Reason { get; init; }

    /// <summary>File number of whoever asked for it; no name.</summary>
    public string? Reference { get; init; }

    /// <summary>Purposes that the hold does not hinder, a court's for instance.</summary>
    public IReadOnlyList<string>? ExemptPurposes { get; init; }

    /// <summary>Its end, at most 180 days from now.</summary>
    public required DateTimeOffset ValidTo { get; init; }
}

/// <summary>Body of <c>POST /v1/restrictions/{id}/extend</c>.</summary>
public sealed record HoldExtension(DateTimeOffset ValidTo);

/// <summary>Body of <c>POST /v1/me/objections</c>.</summary>
/// <param name="Purposes">Codes of the purposes that the person objects to.</param>
public sealed record ObjectionRequest(IReadOnlyList<string> Purposes);

/// <summary>A protective hold as the data authority and the reviewers see it, or an objection as the person does.</summary>
public sealed record RestrictionView
{
    public required string Id { get; init; }
    public required RestrictionKind Kind { get; init; }
    public required RestrictionState State { get; init; }
    /// <summary>Whom a hold is about: the same text for the same person, and no more. Null for one's own objection.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Person { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public HoldReason Reason { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reference { get; init; }
    /// <summary>Of a hold: purposes it does not hinder. Of an objection: purposes it is about.</summary>
    public required IReadOnlyList<string> Purposes { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? ValidTo { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? RequestedBy { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ConfirmedBy { get; init; }
    /// <summary>Index of the newest governance entry about it.</summary>
    public required long LogIndex { get; init; }
    /// <summary>Receipt of the change just made.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Receipt? Receipt { get; init; }
}
