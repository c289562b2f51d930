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
}

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

    /// <summary><c>requested</c>, <c>given</c>, <c>refused</c>, <c>withdrawn</c>, <c>expired</c>, or <c>invalidated</c>: given in a log that has lost entries since, and to be given anew.</summary>
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

    /// <summary>Index of the newest governance entry about this consent.</summary>
    public required long LogIndex { get; init; }

    /// <summary>Receipt of the transition just made; absent in lists.</summary>
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public Receipt? Receipt { get; init; }
}
