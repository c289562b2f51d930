using DataExchange.Policy.Events;
using DataExchange.Policy.Founding;
using DataExchange.Policy.Rules;

namespace DataExchange.Policy.Proposals;

/// <summary>A kind of change that members propose and decide together: an open event that takes effect with the approval that completes the quorum.</summary>
/// <param name="kind">The event's kind.</param>
internal abstract class RegionChange(string kind)
{
    public string Kind { get; } = kind;

    /// <summary>The version of what the event would change: index of the newest entry that a proposal has to know of; null for a thing that is not there yet.</summary>
    public abstract long? VersionOf(GovernanceEvent change, RegionSnapshot rules);

    /// <summary>Everything that is wrong with the change, in itself and under the rules as they are.</summary>
    public abstract void Check(GovernanceEvent change, RegionSnapshot rules, FoundingFaults faults);

    /// <summary>Why the state of what it changes does not allow it, and the kinds that it does allow; null where it does.</summary>
    public abstract (string Why, IReadOnlyList<string> Next)? Conflict(GovernanceEvent change, RegionSnapshot rules);
}

/// <param name="kind">The event's kind.</param>
/// <param name="version">The version of what the event would change.</param>
/// <param name="check">Takes what is wrong with it; paths begin with <c>$.change</c>.</param>
/// <param name="conflict">Why the state of what it changes does not allow it; null where every state does.</param>
internal sealed class RegionChange<TEvent>(
    string kind,
    Func<TEvent, RegionSnapshot, long?> version,
    Action<TEvent, RegionSnapshot, FoundingFaults> check,
    Func<TEvent, RegionSnapshot, (string Why, IReadOnlyList<string> Next)?>? conflict = null) : RegionChange(kind)
    where TEvent : GovernanceEvent
{
    public override long? VersionOf(GovernanceEvent change, RegionSnapshot rules) => version((TEvent)change, rules);

    public override void Check(GovernanceEvent change, RegionSnapshot rules, FoundingFaults faults) => check((TEvent)change, rules, faults);

    public override (string Why, IReadOnlyList<string> Next)? Conflict(GovernanceEvent change, RegionSnapshot rules) => conflict?.Invoke((TEvent)change, rules);
}
