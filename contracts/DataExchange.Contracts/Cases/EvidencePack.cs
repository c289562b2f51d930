using DataExchange.Contracts.Records;

namespace DataExchange.Contracts.Cases;

/// <summary>
/// Evidence of a completed case, in one document that anyone can verify with the keys of the two logs and nothing else
/// (<c>dx evidence verify</c>). It holds no record: only digests, decisions, and receipts of everything that led to them.
/// </summary>
public sealed record EvidencePack
{
    /// <summary>The only format there is.</summary>
    public const string Format1 = "data-exchange-evidence@1";

    /// <summary><see cref="Format1"/>.</summary>
    public required string Format { get; init; }

    /// <summary>Id of the case.</summary>
    public required string Case { get; init; }

    /// <summary><c>{code}@{revision}</c> of the matter.</summary>
    public required string Matter { get; init; }

    /// <summary>When the case was completed.</summary>
    public required DateTimeOffset Completed { get; init; }

    /// <summary>How long the desk may keep what the case brought.</summary>
    public required DateTimeOffset KeepUntil { get; init; }

    /// <summary>Receipt of the matter's revision; the leaf holds it.</summary>
    public required Receipt Definition { get; init; }

    /// <summary>Receipt of the completion; its opening holds the whole case: clerk, times, results.</summary>
    public required Receipt Completion { get; init; }

    /// <summary>The needs that were answered.</summary>
    public required IReadOnlyList<EvidenceNeed> Needs { get; init; }

    /// <summary>The consents that the decisions rest on, as they stood then.</summary>
    public required IReadOnlyList<EvidenceConsent> Consents { get; init; }
}

/// <summary>Evidence of one answer.</summary>
public sealed record EvidenceNeed
{
    /// <summary>Code of the need.</summary>
    public required string Need { get; init; }

    /// <summary>SHA-256 of the released record's canonical form (RFC 8785), base64; null where the register held no record.</summary>
    public required string? Digest { get; init; }

    /// <summary>Receipt of the intent; its opening holds the request and the decision.</summary>
    public required Receipt Requested { get; init; }

    /// <summary>Receipt of the outcome; its opening holds the digest.</summary>
    public required Receipt Outcome { get; init; }
}

/// <summary>Evidence of one consent.</summary>
/// <param name="Id">Id of the consent.</param>
/// <param name="Given">Receipt of the entry that it was in force by; its opening holds the whole consent.</param>
public sealed record EvidenceConsent(string Id, Receipt Given);
