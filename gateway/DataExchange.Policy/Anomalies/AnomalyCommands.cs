using DataExchange.Policy.Commands;
using DataExchange.Policy.Rules;

namespace DataExchange.Policy.Anomalies;

/// <summary>The gateway itself enters what a rule found. No endpoint gives it.</summary>
public sealed record RecordAnomaly : GovernanceCommand
{
    public required AnomalySignal Signal { get; init; }

    /// <summary>Member that the official's client is registered to.</summary>
    public required string Member { get; init; }

    /// <summary>See <see cref="AnomalyFinding.Official"/>.</summary>
    public required string Official { get; init; }

    /// <summary>The attempt's own entry in the access log.</summary>
    public required long Index { get; init; }

    public override CommandOutcome Handle(RegionSnapshot rules, DateTimeOffset now) => AnomalyMachine.Record(this, rules, now);
}

/// <summary>A step of the review.</summary>
public abstract record ReviewAnomaly : GovernanceCommand
{
    public required string Id { get; init; }

    /// <summary>Whether the reviewer is the official that the finding is about; the shell knows, the rules see handles only.</summary>
    public bool IsOwn { get; init; }

    public override CommandOutcome Handle(RegionSnapshot rules, DateTimeOffset now) => AnomalyMachine.Review(this, rules, now);

    public override long? VersionIn(RegionSnapshot rules) => rules.Anomalies.Find(Id)?.LogIndex;
}

/// <summary>A reviewer takes the finding, or gives it to another.</summary>
public sealed record AssignAnomaly : ReviewAnomaly
{
    /// <summary>Name of the reviewer; null for the one who gives the command.</summary>
    public string? Assignee { get; init; }
}

/// <summary>The reviewer who has it closes it.</summary>
public sealed record CloseAnomaly : ReviewAnomaly
{
    public required bool Justified { get; init; }

    public required string Reason { get; init; }
}

/// <summary>A reviewer lifts the hold of an unjustified finding.</summary>
public sealed record LiftAnomaly : ReviewAnomaly
{
    public required string Reason { get; init; }
}
