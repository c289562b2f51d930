using DataExchange.Policy.Commands;
using DataExchange.Policy.Rules;

namespace DataExchange.Policy.Disputes;

/// <summary>What somebody wants to happen to a dispute. It is about no person.</summary>
public abstract record DisputeCommand : GovernanceCommand
{
    public override CommandOutcome Handle(RegionSnapshot rules, DateTimeOffset now) => DisputeMachine.Handle(this, rules);
}

/// <summary>A steward opens a dispute with another member.</summary>
public sealed record OpenDispute : DisputeCommand
{
    public required string Respondent { get; init; }
    public required DisputeMatter Matter { get; init; }
    public required string Reference { get; init; }
    public required DisputeGround Ground { get; init; }
}

/// <summary>A step of a dispute that is there.</summary>
public abstract record DisputeStep : DisputeCommand
{
    public required string Id { get; init; }

    /// <summary>Last part of the path.</summary>
    public abstract string Step { get; }

    public override long? VersionIn(RegionSnapshot rules) => rules.Disputes.Find(Id)?.LogIndex;
}

/// <summary>A party asks the data authority to mediate.</summary>
public sealed record MediateDispute : DisputeStep
{
    public override string Step => "mediate";
}

/// <summary>A party asks the people's government to decide.</summary>
public sealed record ReferDispute : DisputeStep
{
    public override string Step => "refer";
}

/// <summary>The claimant says that it is settled.</summary>
public sealed record SettleDispute : DisputeStep
{
    public override string Step => "settle";

    /// <summary>SHA-256 of the written settlement, base64.</summary>
    public required string Document { get; init; }
}

/// <summary>The claimant takes it back.</summary>
public sealed record WithdrawDispute : DisputeStep
{
    public override string Step => "withdraw";
}

/// <summary>The data authority enters the government's decision.</summary>
public sealed record DecideDispute : DisputeStep
{
    public override string Step => "decide";

    public required DisputeResult Result { get; init; }

    /// <summary>SHA-256 of the written decision, base64.</summary>
    public required string Document { get; init; }
}
