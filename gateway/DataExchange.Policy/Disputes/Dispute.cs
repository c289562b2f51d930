using DataExchange.Contracts.Calendars;

namespace DataExchange.Policy.Disputes;

/// <summary>A dispute between two members, and on which rung it stands.</summary>
public sealed record Dispute
{
    /// <summary>How long a rung lasts before it is late. The region's own: Order 809 art. 28 sets the order of the rungs and no number of days.</summary>
    public static readonly WorkingDayClock Clock = new("dispute-rung", 20, "Set by this system, within State Council Order 809 art. 28 / 本系统自定，依据国务院令第809号第二十八条");

    public required string Id { get; init; }

    /// <summary>Member codes of the two.</summary>
    public required string Claimant { get; init; }

    public required string Respondent { get; init; }

    public required DisputeMatter Matter { get; init; }

    /// <summary>Id of the agreement, code of the dataset, or id of the correction.</summary>
    public required string Reference { get; init; }

    public required DisputeGround Ground { get; init; }

    public required DisputeState State { get; init; }

    /// <summary>Log time of the entry that led to the present rung or end.</summary>
    public required DateTimeOffset Since { get; init; }

    public DisputeResult Result { get; init; }

    /// <summary>SHA-256 of the written settlement or decision, base64.</summary>
    public string? Document { get; init; }

    /// <summary>Index of the newest governance entry about it.</summary>
    public required long LogIndex { get; init; }

    /// <summary>Still on a rung.</summary>
    public bool IsOpen => State is DisputeState.Consultation or DisputeState.Mediation or DisputeState.Decision;

    /// <summary>When the present rung is late; null for one that has ended.</summary>
    public Deadline? Due(WorkingCalendar calendar) => IsOpen ? Clock.DeadlineFrom(Since, calendar) : null;
}
