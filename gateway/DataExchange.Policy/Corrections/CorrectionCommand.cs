using DataExchange.Policy.Commands;
using DataExchange.Policy.Rules;

namespace DataExchange.Policy.Corrections;

/// <summary>What somebody wants to happen to a reported error.</summary>
public abstract record CorrectionCommand : GovernanceCommand
{
    public override CommandOutcome Handle(RegionSnapshot rules, DateTimeOffset now) => CorrectionMachine.Handle(this, rules, now);
}

/// <summary>The person, or a department that has seen the value, reports an error. That the decision is about this person and dataset, and the department's own, is for the caller of the rules to establish.</summary>
public sealed record ReportError : CorrectionCommand
{
    public required string Dataset { get; init; }
    public required string Field { get; init; }
    public required CorrectionReason Reason { get; init; }
    public required string Explanation { get; init; }
    public required long Decision { get; init; }
}

/// <summary>A step of a report that is there.</summary>
public abstract record CorrectionStep : CorrectionCommand
{
    public required string Id { get; init; }

    /// <summary>Last part of the path.</summary>
    public abstract string Step { get; }

    public override long? VersionIn(RegionSnapshot rules) => rules.Corrections.Find(Id)?.LogIndex;
}

/// <summary>The owner looks into it.</summary>
public sealed record VerifyCorrection : CorrectionStep
{
    public override string Step => "verify";
}

/// <summary>The owner says that another department owns the value; once.</summary>
public sealed record ForwardCorrection : CorrectionStep
{
    public override string Step => "forward";

    /// <summary>Member code.</summary>
    public required string To { get; init; }
}

/// <summary>The owner has corrected the value.</summary>
public sealed record CorrectField : CorrectionStep
{
    public override string Step => "correct";

    public string? Answer { get; init; }
}

/// <summary>The owner says why the value is right.</summary>
public sealed record RejectCorrection : CorrectionStep
{
    public override string Step => "reject";

    public required string Answer { get; init; }
}

/// <summary>Whoever reported it takes it back.</summary>
public sealed record WithdrawCorrection : CorrectionStep
{
    public override string Step => "withdraw";
}

/// <summary>The clock was missed. Given by the gateway itself; refused where it was not, or where the log says so already.</summary>
public sealed record EscalateCorrection : CorrectionCommand
{
    public required string Id { get; init; }
}
