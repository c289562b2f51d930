using System.Text.Json;
using System.Text.Json.Serialization;

namespace DataExchange.Contracts.Records;

/// <summary>A person or organisation as departments name it.</summary>
/// <param name="Scheme">The numbering scheme, for instance <c>cn-resident-id</c> or <c>cn-unified-social-credit</c>.</param>
/// <param name="Value">The number itself. Personal data: it stands in no URL of the canonical form, no log line and no trace.</param>
public sealed record SubjectRef(string Scheme, string Value);

/// <summary>Body of <c>POST /v1/records/{provider}/{dataset}/query</c>; one line of <c>/batch</c>.</summary>
public sealed record RecordQuery
{
    /// <summary>Whose record is asked for.</summary>
    public required SubjectRef Subject { get; init; }

    /// <summary>Code of exactly one registered purpose.</summary>
    public required string Purpose { get; init; }

    /// <summary>The fields asked for: explicit names, at least one, no wildcard, no repeats.</summary>
    public required IReadOnlyList<string> Fields { get; init; }

    /// <summary>The open case this request belongs to, where the grant asks for one.</summary>
    public string? Case { get; init; }

    /// <summary>The mandate under which somebody acts for the subject.</summary>
    public string? Mandate { get; init; }

    /// <summary>Id of the caller's open break-glass grant for this person.</summary>
    public string? BreakGlass { get; init; }
}

/// <summary>A record that was released.</summary>
public sealed record RecordAnswer
{
    /// <summary><c>{provider}/{dataset}</c>.</summary>
    public required string Dataset { get; init; }

    /// <summary>Revision of the dataset's description that the answer follows.</summary>
    public required int Revision { get; init; }

    /// <summary>The permitted fields, transformed as the agreement says. A field that the register holds no value for is null.</summary>
    public required JsonElement Record { get; init; }

    /// <summary>Fields asked for and not released; only with <c>Prefer: handling=lenient</c>.</summary>
    public required IReadOnlyList<WithheldField> Withheld { get; init; }

    /// <summary>Id of the decision: <c>{log index of the intent}</c> in decimal, as <c>/v1/decisions/{id}</c> takes it.</summary>
    public required string Decision { get; init; }

    /// <summary>Proof that this release stands in the access log.</summary>
    public required Receipt Receipt { get; init; }
}

/// <summary>A field that was withheld.</summary>
/// <param name="Field">Its name.</param>
/// <param name="Reason">A problem slug.</param>
public sealed record WithheldField(string Field, string Reason);

/// <summary>What lets anyone check, offline, that an entry stands in a log.</summary>
public sealed record Receipt
{
    /// <summary>Origin of the log, for instance <c>demo.example/access</c>.</summary>
    public required string Log { get; init; }

    /// <summary>Index of the entry.</summary>
    public required long Index { get; init; }

    /// <summary>The leaf, base64.</summary>
    public required string Leaf { get; init; }

    /// <summary>What the leaf's commitment was made from. Absent where the receiver may not know the record.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Opening? Opening { get; init; }

    /// <summary>C2SP tlog-proof text: index, inclusion proof and signed checkpoint.</summary>
    public required string Proof { get; init; }
}

/// <summary>Opens a commitment: <c>HMAC-SHA256(key, canonical form of record)</c> equals the one in the leaf.</summary>
/// <param name="Key">32 random bytes, base64.</param>
/// <param name="Record">The record; canonicalise it by RFC 8785 before hashing.</param>
public sealed record Opening(string Key, JsonElement Record);
