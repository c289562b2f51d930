using System.Text.Json;
using System.Text.Json.Serialization;
using DataExchange.Contracts.Records;

namespace DataExchange.Contracts.Agreements;

/// <summary>An agreement as the API shows it.</summary>
public sealed record AgreementView
{
    /// <summary>Id.</summary>
    public required string Id { get; init; }

    /// <summary>State of the revision in force; of the one that is being agreed on where none ever was.</summary>
    public required string State { get; init; }

    /// <summary>Member code of the department that asks.</summary>
    public required string Consumer { get; init; }

    /// <summary>Member code of the department that provides.</summary>
    public required string Provider { get; init; }

    /// <summary><c>{provider}/{dataset}</c>.</summary>
    public required string Dataset { get; init; }

    /// <summary>The revision that is in force, is suspended, or was in force last.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AgreementRevisionView? Current { get; init; }

    /// <summary>The revision that was asked for last and is not in force.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AgreementRevisionView? Pending { get; init; }

    /// <summary>Index of the newest governance entry about it; its version.</summary>
    public required long LogIndex { get; init; }

    /// <summary>Receipt of the step just taken; absent in lists.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Receipt? Receipt { get; init; }
}

/// <summary>A revision of an agreement.</summary>
public sealed record AgreementRevisionView
{
    /// <summary><c>{id}@{revision}</c>: what a signature names.</summary>
    public required string Name { get; init; }

    /// <summary><c>draft</c>, <c>submitted</c>, <c>supplement-requested</c>, <c>approved</c>, <c>refused</c>, <c>withdrawn</c>, <c>active</c>, <c>suspended</c>, <c>terminated</c> or <c>expired</c>.</summary>
    public required string State { get; init; }

    /// <summary>When it came into that state; of an expired one, into the state before.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Member code of whoever brought it there; absent for a rule of the agreement and for the founding file.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? By { get; init; }

    /// <summary>Why, where a reason is given.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }

    /// <summary>Why it was refused.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<AgreementRefusalReason>? Refusal { get; init; }

    /// <summary>The agreement as its author wrote it: what the parties sign.</summary>
    public required JsonElement Document { get; init; }

    /// <summary>SHA-256 of its canonical form (RFC 8785), base64url: what a signature holds.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Signatures so far.</summary>
    public required IReadOnlyList<AgreementApprovalView> Approvals { get; init; }

    /// <summary>Member codes of those whose signatures are missing.</summary>
    public required IReadOnlyList<string> Missing { get; init; }

    /// <summary>Member codes of those whose step is next; empty where nobody's is.</summary>
    public required IReadOnlyList<string> Awaits { get; init; }

    /// <summary>Clocks that run.</summary>
    public required IReadOnlyList<AgreementClockView> Clocks { get; init; }
}

/// <summary>A signature.</summary>
/// <param name="Member">Member code.</param>
/// <param name="Signature">Compact JWS.</param>
public sealed record AgreementApprovalView(string Member, string Signature);

/// <summary>A clock of State Council Order 809, in working days.</summary>
public sealed record AgreementClockView
{
    /// <summary><c>reply-unconditional</c>, <c>reply-conditional</c> or <c>provision</c>.</summary>
    public required string Code { get; init; }

    /// <summary>The rule that sets it.</summary>
    public required string Article { get; init; }

    /// <summary>Member code of the department that has to answer.</summary>
    public required string Late { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>The first moment after the last day, extension included.</summary>
    public required DateTimeOffset Due { get; init; }

    /// <summary>Whether a day on the way lies in a year whose holidays are not published yet, so that <see cref="Due"/> may move.</summary>
    public required bool Assumed { get; init; }

    /// <summary>Working days granted on top; zero for none.</summary>
    public required int Extended { get; init; }

    /// <summary>Whether the answer is late.</summary>
    public required bool Overdue { get; init; }

    /// <summary>Whether the log says that it was missed.</summary>
    public required bool Escalated { get; init; }
}
