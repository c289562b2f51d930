using System.Text.Json.Serialization;
using DataExchange.Policy.Json;

namespace DataExchange.Policy.Cases;

/// <summary>How a need was answered. The zero value is no answer.</summary>
[JsonConverter(typeof(StrictEnumConverter<NeedOutcome>))]
public enum NeedOutcome
{
    None = 0,

    /// <summary>The record was released to the desk.</summary>
    Released,

    /// <summary>The register holds no record, and for this need that is an answer.</summary>
    NoRecord,
}

/// <summary>What a case keeps of an answer: where it is proved and what it hashes to. Never the record.</summary>
public sealed record NeedResult
{
    /// <summary>Code of the need.</summary>
    public required string Need { get; init; }
    public required NeedOutcome Outcome { get; init; }
    /// <summary>Index of the intent in the access log, which holds the decision.</summary>
    public required long Decision { get; init; }
    /// <summary>Index of the outcome in the access log.</summary>
    public required long Receipt { get; init; }
    /// <summary>SHA-256 of the released record's canonical form (RFC 8785), base64; null where there was none.</summary>
    public string? Digest { get; init; }
}
