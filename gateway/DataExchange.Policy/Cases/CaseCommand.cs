using DataExchange.Policy.Commands;
using DataExchange.Policy.Rules;

namespace DataExchange.Policy.Cases;

/// <summary>What somebody wants to happen to a case.</summary>
public abstract record CaseCommand : GovernanceCommand
{
    public override CommandOutcome Handle(RegionSnapshot rules, DateTimeOffset now) => CaseMachine.Handle(this, rules, now);
}

/// <summary>A clerk opens a case for a person, or the person online for themselves.</summary>
public sealed record OpenCase : CaseCommand
{
    /// <summary>Code of the matter; its newest revision is meant.</summary>
    public required string Matter { get; init; }
    /// <summary>Client id of the desk. A clerk's is the one signed in at; a person may leave it out where the matter has but one.</summary>
    public string? Desk { get; init; }
}

/// <summary>Something happens to a case that is there.</summary>
public abstract record ChangeCase(string Step) : CaseCommand
{
    public required string Id { get; init; }

    public override long? VersionIn(RegionSnapshot rules) => rules.Cases.Find(Id)?.LogIndex;
}

/// <summary>Needs were answered.</summary>
public sealed record RecordResults() : ChangeCase(CaseSteps.Gather)
{
    public required IReadOnlyList<NeedResult> Results { get; init; }
}

/// <summary>The matter is done.</summary>
public sealed record CompleteCase() : ChangeCase(CaseSteps.Complete);

/// <summary>The matter is not gone on with.</summary>
public sealed record CancelCase() : ChangeCase(CaseSteps.Cancel);
