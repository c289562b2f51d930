using DataExchange.Policy.Commands;
using DataExchange.Policy.Rules;

namespace DataExchange.Policy.Complaints;

/// <summary>What somebody wants to happen to a complaint.</summary>
public abstract record ComplaintCommand : GovernanceCommand
{
    public override CommandOutcome Handle(RegionSnapshot rules, DateTimeOffset now) => ComplaintMachine.Handle(this, rules, now);
}

/// <summary>A person complains.</summary>
public sealed record Complain : ComplaintCommand
{
    public required string Member { get; init; }
    public required ComplaintGround Ground { get; init; }
    public required string Explanation { get; init; }
    public string? Reference { get; init; }
}

/// <summary>A step of a complaint that is there.</summary>
public abstract record ComplaintStep : ComplaintCommand
{
    public required string Id { get; init; }

    /// <summary>Last part of the path.</summary>
    public abstract string Step { get; }

    public override long? VersionIn(RegionSnapshot rules) => rules.Complaints.Find(Id)?.LogIndex;
}

/// <summary>A reviewer takes it.</summary>
public sealed record AssignComplaint : ComplaintStep
{
    public override string Step => "assign";
}

/// <summary>The reviewer who took it answers.</summary>
public sealed record AnswerComplaint : ComplaintStep
{
    /// <summary><see cref="ComplaintState.Answered"/>, <see cref="ComplaintState.Upheld"/> or <see cref="ComplaintState.Rejected"/>.</summary>
    public required ComplaintState Verdict { get; init; }

    public required string Answer { get; init; }

    public override string Step => Verdict switch
    {
        ComplaintState.Answered => "answer",
        ComplaintState.Upheld => "uphold",
        ComplaintState.Rejected => "reject",
        _ => throw new InvalidOperationException($"{Verdict} is no verdict."),
    };
}

/// <summary>The person takes it back.</summary>
public sealed record WithdrawComplaint : ComplaintStep
{
    public override string Step => "withdraw";
}

/// <summary>The clock was missed. Given by the gateway itself; refused where it was not, or where the log says so already.</summary>
public sealed record EscalateComplaint : ComplaintCommand
{
    public required string Id { get; init; }
}
