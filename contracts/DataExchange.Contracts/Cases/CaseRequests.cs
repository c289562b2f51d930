using DataExchange.Contracts.Records;

namespace DataExchange.Contracts.Cases;

/// <summary>Body of <c>POST /v1/cases</c>.</summary>
public sealed record CaseOpening
{
    /// <summary>Code of the matter; its newest revision is meant.</summary>
    public required string Matter { get; init; }

    /// <summary>Whose case. A clerk names the person; a citizen leaves it out and opens a case of their own.</summary>
    public SubjectRef? Subject { get; init; }

    /// <summary>Client id of the desk, for a citizen where the matter has several. A clerk's desk is the client signed in at.</summary>
    public string? Desk { get; init; }
}

/// <summary>Body of <c>POST /v1/cases/{id}/gather</c>.</summary>
public sealed record CaseGathering
{
    /// <summary>Whose case it is. The registers do not hold the number; whoever asks has to know.</summary>
    public required SubjectRef Subject { get; init; }

    /// <summary>Codes of the needs to ask for; left out, all that are not answered yet. A need that is named is asked for again, answered or not.</summary>
    public IReadOnlyList<string>? Needs { get; init; }
}

/// <summary>Body of <c>POST /v1/cases/{id}/consents</c>.</summary>
public sealed record CaseConsentRequest
{
    /// <summary>Language of the notices, for instance <c>zh</c> or <c>en</c>.</summary>
    public required string Language { get; init; }

    /// <summary>Last moment of validity, RFC 3339; left out, the moment at which the case expires.</summary>
    public DateTimeOffset? ValidTo { get; init; }
}

/// <summary>Body of <c>POST /v1/me/cases/{id}/consents</c>: what the person decides about each consent. One that is not named stays as it is.</summary>
public sealed record MyCaseDecisions
{
    /// <summary>One for each consent that is decided.</summary>
    public required IReadOnlyList<MyCaseDecision> Decisions { get; init; }
}

/// <summary>The person's will about one consent.</summary>
public sealed record MyCaseDecision
{
    /// <summary>Id of the consent.</summary>
    public required string Consent { get; init; }

    /// <summary>True to give it, false to refuse it.</summary>
    public required bool Give { get; init; }
}
