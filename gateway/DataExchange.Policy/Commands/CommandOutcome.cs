using DataExchange.Contracts.Problems;
using DataExchange.Policy.Events;
using DataExchange.Policy.Founding;

namespace DataExchange.Policy.Commands;

/// <summary>An event or a refusal. The zero value is neither and permits nothing.</summary>
/// <param name="Event">What happens.</param>
/// <param name="Problem">Why nothing happens.</param>
/// <param name="Detail">The same in words, without personal data.</param>
/// <param name="Next">Where the state does not allow the command: the steps that it does allow to this party.</param>
public readonly record struct CommandOutcome(GovernanceEvent? Event, ProblemSlug? Problem, string? Detail, IReadOnlyList<string>? Next)
{
    /// <summary>Everything that is wrong with a document; null where that is not why.</summary>
    public IReadOnlyList<ProblemFault>? Faults { get; init; }

    public static CommandOutcome Accept(GovernanceEvent @event) => new(@event, null, null, null);

    public static CommandOutcome Refuse(ProblemSlug problem, string detail) => new(null, problem, detail, null);

    /// <summary>400: the document breaks rules; all that it breaks.</summary>
    public static CommandOutcome Refuse(IReadOnlyList<FoundingFault> faults) =>
        new(null, ProblemSlugs.RequestMalformed, "The document breaks rules; faults names each, with the way out.", null) { Faults = [.. faults.Select(fault => new ProblemFault(fault.Path, fault.Message))] };

    /// <summary>409: the state does not allow it.</summary>
    /// <param name="detail">Why.</param>
    /// <param name="next">Names of the steps that are legal now, as the paths of the API spell them; empty where the thing has ended.</param>
    public static CommandOutcome Conflict(string detail, params IReadOnlyList<string> next) => new(null, ProblemSlugs.StateConflict, detail, next);
}
