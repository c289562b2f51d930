using DataExchange.Policy.Commands;
using DataExchange.Policy.Rules;

namespace DataExchange.Policy.Restrictions;

/// <summary>What somebody wants to happen to a restriction.</summary>
public abstract record RestrictionCommand : GovernanceCommand
{
    public override CommandOutcome Handle(RegionSnapshot rules, DateTimeOffset now) => RestrictionMachine.Handle(this, rules, now);
}

/// <summary>A steward of the data authority asks for a protective hold. It hides nothing before a reviewer has confirmed it.</summary>
public sealed record RequestHold : RestrictionCommand
{
    public required HoldReason Reason { get; init; }
    public string? Reference { get; init; }
    /// <summary>Purposes that it does not hinder.</summary>
    public required IReadOnlyList<string> ExemptPurposes { get; init; }
    public required DateTimeOffset ValidTo { get; init; }
}

/// <summary>A person objects to the use of their records for these purposes.</summary>
public sealed record Object : RestrictionCommand
{
    public required IReadOnlyList<string> Purposes { get; init; }
}

/// <summary>A step of a restriction that is there.</summary>
public abstract record RestrictionStep : RestrictionCommand
{
    public required string Id { get; init; }

    /// <summary>Last part of the path.</summary>
    public abstract string Step { get; }

    public override long? VersionIn(RegionSnapshot rules) => rules.Restrictions.Find(Id)?.LogIndex;
}

/// <summary>A reviewer, and not whoever asked, confirms a hold.</summary>
public sealed record ConfirmHold : RestrictionStep
{
    public override string Step => "confirm";
}

/// <summary>A reviewer declines a hold.</summary>
public sealed record RefuseHold : RestrictionStep
{
    public override string Step => "refuse";
}

/// <summary>A reviewer has looked at a hold again and lets it last longer.</summary>
public sealed record ExtendHold : RestrictionStep
{
    public override string Step => "extend";

    public required DateTimeOffset ValidTo { get; init; }
}

/// <summary>A restriction ends: a hold by the steward or a reviewer, an objection by the person.</summary>
public sealed record LiftRestriction : RestrictionStep
{
    public override string Step => "lift";
}
