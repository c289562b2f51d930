using DataExchange.Policy.Commands;
using DataExchange.Policy.Rules;

namespace DataExchange.Policy.BreakGlass;

/// <summary>What somebody wants to happen to a break-glass grant.</summary>
public abstract record BreakGlassCommand : GovernanceCommand
{
    public override CommandOutcome Handle(RegionSnapshot rules, DateTimeOffset now) => BreakGlassMachine.Handle(this, rules, now);
}

/// <summary>An official breaks the glass: at once, to be reviewed within a day, or as soon as a second person has approved.</summary>
public sealed record RequestBreakGlass : BreakGlassCommand
{
    public required BreakGlassReason Reason { get; init; }
    public required string Explanation { get; init; }
    public required int Minutes { get; init; }
    /// <summary>Whether it waits for a second person.</summary>
    public required bool SecondPerson { get; init; }
}

/// <summary>A step of a grant that is there.</summary>
public abstract record BreakGlassStep : BreakGlassCommand
{
    public required string Id { get; init; }

    /// <summary>Last part of the path.</summary>
    public abstract string Step { get; }

    public override long? VersionIn(RegionSnapshot rules) => rules.BreakGlass.Find(Id)?.LogIndex;
}

/// <summary>The second person approves: it is open from now on.</summary>
public sealed record ApproveBreakGlass : BreakGlassStep
{
    public override string Step => "approve";
}

/// <summary>The second person does not approve.</summary>
public sealed record RefuseBreakGlass : BreakGlassStep
{
    public override string Step => "refuse";
}

/// <summary>The holder needs it no longer, or a reviewer stops it.</summary>
public sealed record EndBreakGlass : BreakGlassStep
{
    public override string Step => "end";
}

/// <summary>A reviewer takes the review.</summary>
public sealed record AssignBreakGlass : BreakGlassStep
{
    public override string Step => "assign";
}

/// <summary>The reviewer closes the review, with reasons.</summary>
public sealed record CloseBreakGlass : BreakGlassStep
{
    /// <summary>Whether breaking the glass was right.</summary>
    public required bool IsJustified { get; init; }
    public required string Finding { get; init; }
    public override string Step => IsJustified ? "justify" : "censure";
}
