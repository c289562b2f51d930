using System.Text.Json.Serialization;
using DataExchange.Contracts.Calendars;
using DataExchange.Policy.Personal;

namespace DataExchange.Policy.Corrections;

/// <summary>Somebody says that a value of a person's record is wrong, and its owner has to say what is true.</summary>
public sealed record CorrectionRecord : PersonalRecord
{
    public required string Dataset { get; init; }

    public required string Field { get; init; }

    public required CorrectionReason Reason { get; init; }

    /// <summary>The same in the reporter's words.</summary>
    public required string Explanation { get; init; }

    /// <summary>Index of the intent in the access log under which the value was seen: it tells the owner whom the report is about.</summary>
    public required long Decision { get; init; }

    /// <summary>Member code of the department that reports; null when the person does.</summary>
    public string? ReportedBy { get; init; }

    /// <summary>Member code of the department that has to answer.</summary>
    public required string Owner { get; init; }

    /// <summary>Who forwarded it to the owner; null when nobody did. It is forwarded once.</summary>
    public string? ForwardedBy { get; init; }

    /// <summary>When the owner's clock began.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>When the log took note that the clock was missed; null when it did not.</summary>
    public DateTimeOffset? EscalatedAt { get; init; }

    /// <summary>What the owner says: why not, or what was corrected.</summary>
    public string? Answer { get; init; }

    public DateTimeOffset? AnsweredAt { get; init; }

    public required CorrectionState State { get; init; }

    /// <summary>Nobody has answered yet: the value is disputed.</summary>
    [JsonIgnore]
    public bool IsOpen => State is CorrectionState.Reported or CorrectionState.Verifying;

    /// <summary>When the owner has to have answered.</summary>
    public Deadline Due(WorkingCalendar calendar) => StatutoryClocks.Correction.DeadlineFrom(Started, calendar);

    /// <summary>Open, and late.</summary>
    public bool IsOverdue(WorkingCalendar calendar, DateTimeOffset now) => IsOpen && Due(calendar).At <= now;
}
