using System.Text.Json.Serialization;
using DataExchange.Contracts.Records;
using DataExchange.Policy.Mandates;

namespace DataExchange.Gateway.Mandates;

/// <summary>Body of <c>POST /v1/mandates</c>.</summary>
public sealed record MandateRequest
{
    /// <summary>For whom the delegate is to act. A citizen names themselves; a clerk the person at the desk, or the child.</summary>
    public required SubjectRef Principal { get; init; }

    /// <summary>Who is to act; has to accept.</summary>
    public required SubjectRef Delegate { get; init; }

    public required MandateKind Kind { get; init; }

    /// <summary>Codes of purposes and datasets, each by name.</summary>
    public required IReadOnlyList<string> Themes { get; init; }

    /// <summary>Who else can confirm: a child's guardians.</summary>
    public IReadOnlyList<SubjectRef>? Confirmers { get; init; }

    /// <summary>How many of them have to; all by default.</summary>
    public int? Needed { get; init; }

    /// <summary>At once by default.</summary>
    public DateTimeOffset? ValidFrom { get; init; }

    /// <summary>End of the term.</summary>
    public required DateTimeOffset ValidTo { get; init; }

    /// <summary>SHA-256 of the evidence in base64; a clerk's alone.</summary>
    public string? EvidenceHash { get; init; }
}

/// <summary>Body of a step; only a clerk sends one.</summary>
public sealed record MandateEvidence(string EvidenceHash);

/// <summary>A mandate as its parties see it: what each of them is to it, and nobody's number.</summary>
public sealed record MandateView
{
    public required string Id { get; init; }
    public required MandateKind Kind { get; init; }
    public required MandateState State { get; init; }
    public required IReadOnlyList<string> Themes { get; init; }
    public required DateTimeOffset ValidFrom { get; init; }
    public required DateTimeOffset ValidTo { get; init; }
    /// <summary>Whether the delegate accepted.</summary>
    public required bool Accepted { get; init; }
    /// <summary>How many confirmed besides.</summary>
    public required int Confirmed { get; init; }
    /// <summary>How many have to.</summary>
    public required int Needed { get; init; }
    /// <summary>What the caller is to it: <c>principal</c>, <c>delegate</c>, <c>guardian</c>, <c>clerk</c>.</summary>
    public required IReadOnlyList<string> You { get; init; }
    /// <summary>Index of the newest governance entry about it.</summary>
    public required long LogIndex { get; init; }
    /// <summary>Receipt of the change just made. It opens for the principal only: the record names the others.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Receipt? Receipt { get; init; }
}
