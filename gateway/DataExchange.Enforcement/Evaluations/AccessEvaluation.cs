using DataExchange.Policy.Decisions;

namespace DataExchange.Enforcement.Evaluations;

/// <summary>What the rules say, and where that stands in the access log.</summary>
/// <param name="Index">Index of the entry: the decision's id.</param>
/// <param name="Decision">As the asker may be told it. A part is decided like a request that takes a part for an answer; only all of it is a permit.</param>
public sealed record AccessEvaluation(long Index, Decision Decision)
{
    /// <summary>Everything that was asked for may be seen.</summary>
    public bool IsPermitted => Decision.Outcome == DecisionOutcome.Permit;
}
