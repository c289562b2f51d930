using System.Text.Json.Serialization;
using DataExchange.Contracts.Calendars;
using DataExchange.Policy.Personal;

namespace DataExchange.Policy.Complaints;

/// <summary>A person complains of a department; a reviewer answers.</summary>
public sealed record ComplaintRecord : PersonalRecord
{
    /// <summary>How long a reviewer has. The region's own: PIPL art. 50 asks for a convenient way to complain and sets no number of days.</summary>
    public static readonly WorkingDayClock Clock = new("complaint", 15, "Set by this system, within PIPL art. 50 / 本系统自定，依据《个人信息保护法》第五十条");

    /// <summary>Member code of the department complained of.</summary>
    public required string Member { get; init; }

    public required ComplaintGround Ground { get; init; }

    /// <summary>The same in the person's words.</summary>
    public required string Explanation { get; init; }

    /// <summary>What it is about, where it is about one thing: a decision id, or the id of a consent or a correction.</summary>
    public string? Reference { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The reviewer who has taken it.</summary>
    public string? Reviewer { get; init; }

    /// <summary>What the reviewer says.</summary>
    public string? Answer { get; init; }

    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>When the log took note that the clock was missed; null when it did not.</summary>
    public DateTimeOffset? EscalatedAt { get; init; }

    public required ComplaintState State { get; init; }

    /// <summary>Nobody has answered yet.</summary>
    [JsonIgnore]
    public bool IsOpen => State is ComplaintState.Received or ComplaintState.Assigned;

    /// <summary>When it has to be answered.</summary>
    public Deadline Due(WorkingCalendar calendar) => Clock.DeadlineFrom(ReceivedAt, calendar);

    /// <summary>Open, and late.</summary>
    public bool IsOverdue(WorkingCalendar calendar, DateTimeOffset now) => IsOpen && Due(calendar).At <= now;
}
