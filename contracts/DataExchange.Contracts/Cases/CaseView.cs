using System.Text.Json.Serialization;
using DataExchange.Contracts.Records;

namespace DataExchange.Contracts.Cases;

/// <summary>A case as the API shows it. Whose it is, whoever may see it knows.</summary>
public sealed record CaseView
{
    /// <summary>Id.</summary>
    public required string Id { get; init; }

    /// <summary><c>{code}@{revision}</c> of the matter.</summary>
    public required string Matter { get; init; }

    /// <summary><c>open</c>, <c>ready</c> (all that is required is answered), <c>completed</c>, <c>cancelled</c> or <c>expired</c>.</summary>
    public required string State { get; init; }

    /// <summary>Client id of the desk.</summary>
    public required string Desk { get; init; }

    /// <summary>Member code of the desk's department.</summary>
    public required string Department { get; init; }

    /// <summary>The clerk who opened it; absent when the person did so online.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? OpenedBy { get; init; }

    /// <summary>When it was opened.</summary>
    public required DateTimeOffset Opened { get; init; }

    /// <summary>When it expires, unless it has ended before.</summary>
    public required DateTimeOffset Expires { get; init; }

    /// <summary>When it was completed or cancelled.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? Ended { get; init; }

    /// <summary>Every need of the matter, and how far it is answered.</summary>
    public required IReadOnlyList<CaseNeedView> Needs { get; init; }

    /// <summary>The consents that are missing. One request to <c>/v1/cases/{id}/consents</c> asks for all of them.</summary>
    public required IReadOnlyList<MissingConsentView> MissingConsents { get; init; }

    /// <summary>Documents that the person did not have to carry; absent until completed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? DocumentsSpared { get; init; }

    /// <summary>Counters that the person did not have to visit; absent until completed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? CountersSpared { get; init; }

    /// <summary>Index of the newest governance entry about this case.</summary>
    public required long LogIndex { get; init; }

    /// <summary>Receipt of the step just taken.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Receipt? Receipt { get; init; }
}

/// <summary>A need of a case.</summary>
public sealed record CaseNeedView
{
    /// <summary>Code of the need.</summary>
    public required string Need { get; init; }

    /// <summary><c>missing</c>, <c>released</c> or <c>no-record</c>: the register holds none, and that is an answer.</summary>
    public required string State { get; init; }

    /// <summary>Whether the matter cannot do without.</summary>
    public required bool Required { get; init; }

    /// <summary><c>{provider}/{dataset}</c>.</summary>
    public required string Dataset { get; init; }

    /// <summary>Purpose code.</summary>
    public required string Purpose { get; init; }

    /// <summary>Fields.</summary>
    public required IReadOnlyList<string> Fields { get; init; }

    /// <summary>Why it has to be known, by language.</summary>
    public required IReadOnlyDictionary<string, string> Why { get; init; }

    /// <summary>Id of the decision, once answered.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Decision { get; init; }

    /// <summary>Index of the outcome in the access log, once answered.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? AccessIndex { get; init; }

    /// <summary>SHA-256 of the released record's canonical form, base64.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Digest { get; init; }
}

/// <summary>A consent that a need lacks.</summary>
public sealed record MissingConsentView
{
    /// <summary>Code of the need.</summary>
    public required string Need { get; init; }

    /// <summary>The problem code that asking now would end in.</summary>
    public required string Code { get; init; }

    /// <summary>The fields that lack it.</summary>
    public required IReadOnlyList<string> Fields { get; init; }

    /// <summary><c>general</c> or <c>separate</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Notice to be shown, <c>{code}@{revision}</c>; absent where none speaks of these fields, and nobody can be asked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Notice { get; init; }

    /// <summary>Its texts, by language.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? Texts { get; init; }

    /// <summary>Id of the consent that the person was asked for and has not decided yet.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Consent { get; init; }
}
