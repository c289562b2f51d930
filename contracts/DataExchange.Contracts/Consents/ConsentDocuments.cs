using DataExchange.Contracts.Records;

namespace DataExchange.Contracts.Consents;

/// <summary>Body of <c>POST /v1/consents</c>: a department asks a person for consent.</summary>
public sealed record ConsentRequest
{
    /// <summary>Whose consent.</summary>
    public required SubjectRef Subject { get; init; }

    /// <summary>Code of the notice; its newest revision is meant.</summary>
    public required string Notice { get; init; }

    /// <summary>Language the notice is shown in, for instance <c>zh</c> or <c>en</c>.</summary>
    public required string Language { get; init; }

    /// <summary>Purpose of the use.</summary>
    public required string Purpose { get; init; }

    /// <summary><c>{provider}/{dataset}</c>.</summary>
    public required string Dataset { get; init; }

    /// <summary>Fields, explicit.</summary>
    public required IReadOnlyList<string> Fields { get; init; }

    /// <summary><c>general</c>, <c>separate</c> or <c>written</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Last moment of validity, RFC 3339.</summary>
    public required DateTimeOffset ValidTo { get; init; }

    /// <summary>How many releases it is to permit, 1 to 100, in all or in each period; left out for any number.</summary>
    public int? MaxUses { get; init; }

    /// <summary><c>day</c>, <c>week</c>, <c>month</c> or <c>year</c>, counted from the giving; left out where <see cref="MaxUses"/> are all there are.</summary>
    public string? Period { get; init; }
}

/// <summary>Body of <c>POST /v1/consents/{id}/renew</c>.</summary>
public sealed record ConsentRenewal
{
    /// <summary>The new last moment of validity, later than the present one.</summary>
    public required DateTimeOffset ValidTo { get; init; }

    /// <summary>As with giving: required when a clerk assists.</summary>
    public string? EvidenceHash { get; init; }
}

/// <summary>Body of <c>POST /v1/consents/batch</c>: a department asks one person for all the consents that a matter needs.</summary>
public sealed record ConsentBatch
{
    /// <summary>Whose consents.</summary>
    public required SubjectRef Subject { get; init; }

    /// <summary>What is asked for, 1 to 32.</summary>
    public required IReadOnlyList<ConsentBatchItem> Consents { get; init; }
}

/// <summary>One of them; as in <see cref="ConsentRequest"/>.</summary>
public sealed record ConsentBatchItem
{
    /// <summary>Code of the notice.</summary>
    public required string Notice { get; init; }

    /// <summary>Language the notice is shown in.</summary>
    public required string Language { get; init; }

    /// <summary>Purpose of the use.</summary>
    public required string Purpose { get; init; }

    /// <summary><c>{provider}/{dataset}</c>.</summary>
    public required string Dataset { get; init; }

    /// <summary>Fields, explicit.</summary>
    public required IReadOnlyList<string> Fields { get; init; }

    /// <summary><c>general</c>, <c>separate</c> or <c>written</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Last moment of validity.</summary>
    public required DateTimeOffset ValidTo { get; init; }

    /// <summary>How many releases it is to permit.</summary>
    public int? MaxUses { get; init; }

    /// <summary>How often so many.</summary>
    public string? Period { get; init; }
}

/// <summary>What came of one of them, in the order asked.</summary>
/// <param name="Consent">The consent: newly requested, or one that was pending or in force already and covers what was asked.</param>
/// <param name="Problem">Why there is none.</param>
public sealed record ConsentBatchAnswer(ConsentView? Consent, Problems.ExchangeProblem? Problem);

/// <summary>Body of <c>POST /v1/consents/{id}/give</c>. A citizen sends none of it; a clerk who assists names the evidence.</summary>
public sealed record ConsentGiving
{
    /// <summary>SHA-256 of the signed form or recording, base64; required when a clerk assists.</summary>
    public string? EvidenceHash { get; init; }
}

/// <summary>A consent as the API shows it.</summary>
public sealed record ConsentView
{
    /// <summary>Id.</summary>
    public required string Id { get; init; }

    /// <summary><c>requested</c>, <c>given</c>, <c>refused</c>, <c>withdrawn</c>, <c>expired</c>, <c>exhausted</c>, <c>superseded</c> by one given since, or <c>invalidated</c>: its notice has changed in substance, or the log has lost entries, and it has to be given anew.</summary>
    public required string State { get; init; }

    /// <summary>Who will receive the data: a member code.</summary>
    public required string Recipient { get; init; }

    /// <summary>Purpose code.</summary>
    public required string Purpose { get; init; }

    /// <summary><c>{provider}/{dataset}</c>.</summary>
    public required string Dataset { get; init; }

    /// <summary>Fields.</summary>
    public required IReadOnlyList<string> Fields { get; init; }

    /// <summary><c>general</c>, <c>separate</c> or <c>written</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Notice code and revision, <c>{code}@{revision}</c>.</summary>
    public required string Notice { get; init; }

    /// <summary>SHA-256 of the notice text shown, base64.</summary>
    public required string NoticeHash { get; init; }

    /// <summary>Language of that text.</summary>
    public required string Language { get; init; }

    /// <summary>First moment of validity; null until given.</summary>
    public DateTimeOffset? ValidFrom { get; init; }

    /// <summary>Last moment of validity.</summary>
    public required DateTimeOffset ValidTo { get; init; }

    /// <summary>How many releases it permits; absent for any number.</summary>
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public int? MaxUses { get; init; }

    /// <summary><c>day</c>, <c>week</c>, <c>month</c> or <c>year</c>; absent where <see cref="MaxUses"/> are all there are.</summary>
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public string? Period { get; init; }

    /// <summary>How many are left now; absent for any number.</summary>
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public int? UsesLeft { get; init; }

    /// <summary>Index of the newest governance entry about this consent.</summary>
    public required long LogIndex { get; init; }

    /// <summary>Receipt of the transition just made; absent in lists.</summary>
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public Receipt? Receipt { get; init; }
}
