using System.Text.Json;
using DataExchange.Policy.Commands;
using DataExchange.Policy.Events;
using DataExchange.Policy.Founding;
using DataExchange.Policy.Rules;

namespace DataExchange.Policy.Proposals;

/// <summary>What a member wants to happen to a proposal.</summary>
public abstract record ProposalCommand : GovernanceCommand
{
    public override CommandOutcome Handle(RegionSnapshot rules, DateTimeOffset now) => ProposalMachine.Handle(this, rules, now);
}

/// <summary>A member proposes a change.</summary>
public sealed record MakeProposal : ProposalCommand
{
    /// <summary>Kind of the change, one of <see cref="RegionChanges.Kinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The change: the record of an event of that kind.</summary>
    public required JsonElement Change { get; init; }

    /// <summary>Why. Stands in the log for anyone to read.</summary>
    public required string Reason { get; init; }

    /// <summary>What only the host can judge of a change, purely: texts that it has the parser for. Null for nothing.</summary>
    public Func<GovernanceEvent, IEnumerable<FoundingFault>>? HostCheck { get; init; }
}

/// <summary>Something about a proposal that was made.</summary>
public abstract record ProposalStep : ProposalCommand
{
    public required string Id { get; init; }

    public override long? VersionIn(RegionSnapshot rules) => rules.Proposals.Find(Id)?.LogIndex;
}

/// <summary>A member approves.</summary>
public sealed record ApproveProposal : ProposalStep
{
    /// <summary>Compact JWS under <see cref="Proposal.Approval"/>.</summary>
    public required string Signature { get; init; }
}

/// <summary>A member rejects.</summary>
public sealed record RejectProposal : ProposalStep
{
    /// <summary>Compact JWS under <see cref="Proposal.Rejection"/>.</summary>
    public required string Signature { get; init; }

    /// <summary>Why. Part of what is signed; stands in the log for anyone to read.</summary>
    public required string Reason { get; init; }
}

/// <summary>The proposer takes it back.</summary>
public sealed record WithdrawProposal : ProposalStep;
