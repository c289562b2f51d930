using DataExchange.Policy.Personal;

namespace DataExchange.Policy.Anomalies;

/// <summary>A finding about an official, who is the subject of the record, and what a reviewer made of it.</summary>
public sealed record AnomalyFinding : PersonalRecord
{
    /// <summary>One of <see cref="AnomalyRuleCodes"/>.</summary>
    public required string Rule { get; init; }

    /// <summary>Version of the rule's formula.</summary>
    public required int Version { get; init; }

    /// <summary>Revision of the rule set in force.</summary>
    public required int RuleSet { get; init; }

    public required AnomalyAction Action { get; init; }

    /// <summary>Member that the official's client is registered to.</summary>
    public required string Member { get; init; }

    /// <summary>Client and user, sealed under the official's key, base64: what a reviewer is shown, and what an erasure makes unreadable.</summary>
    public required string Official { get; init; }

    public required DateTimeOffset FoundAt { get; init; }

    /// <summary>End of the window that was counted in.</summary>
    public required DateTimeOffset Until { get; init; }

    public required long Observed { get; init; }

    public required long Threshold { get; init; }

    /// <summary>Whatever else went into it, by name.</summary>
    public required IReadOnlyDictionary<string, long> Figures { get; init; }

    /// <summary>Indexes in the access log that it rests on, oldest first; the newest 64 at most.</summary>
    public required IReadOnlyList<long> Entries { get; init; }

    public required AnomalyState State { get; init; }

    /// <summary>The reviewer who looks into it.</summary>
    public string? Assignee { get; init; }

    /// <summary>Who closed it.</summary>
    public string? ClosedBy { get; init; }

    /// <summary>Why it was closed so.</summary>
    public string? Reason { get; init; }

    /// <summary>Until then the same rule finds nothing about the official: only where it was justified.</summary>
    public DateTimeOffset? ExemptUntil { get; init; }

    /// <summary>Who lifted the hold.</summary>
    public string? LiftedBy { get; init; }

    /// <summary>Why the hold was lifted.</summary>
    public string? LiftReason { get; init; }

    /// <summary>Whether it keeps the official from looking anybody up.</summary>
    public bool IsHold() => Action == AnomalyAction.HoldForReview && State is (AnomalyState.Found or AnomalyState.Assigned or AnomalyState.Unjustified);

    /// <summary>Whether its rule is silent about the official for now.</summary>
    public bool IsExemption(DateTimeOffset now) => State == AnomalyState.Justified && now < ExemptUntil;
}
