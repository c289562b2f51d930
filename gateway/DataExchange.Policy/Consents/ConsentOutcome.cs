using DataExchange.Contracts.Problems;
using DataExchange.Policy.Events;

namespace DataExchange.Policy.Consents;

/// <summary>An event or a refusal. The zero value is neither and permits nothing.</summary>
public readonly record struct ConsentOutcome(ConsentChanged? Event, ProblemSlug? Problem, string? Detail)
{
    public static ConsentOutcome Accept(ConsentChanged @event) => new(@event, null, null);

    public static ConsentOutcome Refuse(ProblemSlug problem, string detail) => new(null, problem, detail);
}
