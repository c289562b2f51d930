using DataExchange.Contracts.Problems;

namespace DataExchange.Policy.Decisions;

/// <summary>What others are told of a decision that a protective hold had a part in. The person concerned and reviewers see it as it is.</summary>
public static class Disclosure
{
    /// <summary>For whoever asks for a record, or has a decision explained: as if there were no hold.</summary>
    public static Decision ToCaller(Decision decision)
    {
        ArgumentNullException.ThrowIfNull(decision);
        return decision.ForCaller();
    }

    /// <summary>
    /// For a system that lets out data by itself once it is told that it may: what only a hold denies is denied here too, and looks like a
    /// person whom the provider does not know. That nobody can be both protected and shown as permitted is the one thing a hold cannot hide.
    /// </summary>
    public static Decision ToEnforcer(Decision decision)
    {
        ArgumentNullException.ThrowIfNull(decision);
        var shown = decision.ForCaller();
        return shown.Outcome == DecisionOutcome.Deny || decision.Outcome != DecisionOutcome.Deny
            ? shown
            : shown with
            {
                Outcome = DecisionOutcome.Deny,
                Problem = ProblemSlugs.NotFound,
                Relaxed = [],
                Permitted = [],
                Denied = [.. shown.Permitted.Select(field => field.Name).Concat(shown.Denied)],
                Obligations = [],
                Served = null,
                Remedy = null,
            };
    }
}
