using DataExchange.Contracts.Problems;

namespace DataExchange.Policy.Commands;

/// <summary>A state machine as data: which step is legal in which state, and for whom. What stands in no row is refused.</summary>
internal sealed class StepTable<TState>(params IReadOnlyList<StepTable<TState>.Row> rows)
    where TState : struct, Enum
{
    /// <param name="From">The state.</param>
    /// <param name="Step">Last part of the command's path.</param>
    /// <param name="Parties">Who may take the step, in the words of <c>contracts/state-machines.md</c>.</param>
    public readonly record struct Row(TState From, string Step, params IReadOnlyList<string> Parties);

    /// <summary>Null when one of the caller's parts may take the step; otherwise the refusal with the steps that are open to them.</summary>
    /// <param name="state">Where the thing stands.</param>
    /// <param name="step">What is asked.</param>
    /// <param name="parts">What the caller is to the thing: at least one part, or the caller may not know of it.</param>
    public CommandOutcome? Refusal(TState state, string step, IReadOnlyCollection<string> parts)
    {
        if (rows.Any(row => row.From.Equals(state) && row.Step == step && row.Parties.Any(parts.Contains)))
        {
            return null;
        }

        return rows.Any(row => row.Step == step && row.Parties.Any(parts.Contains))
            ? CommandOutcome.Conflict($"What is {state} cannot be changed so.", Next(state, parts))
            : CommandOutcome.Refuse(ProblemSlugs.ActorNotAuthorised, "This step is for somebody else.");
    }

    /// <summary>The steps that are open to these parts.</summary>
    public IReadOnlyList<string> Next(TState state, IReadOnlyCollection<string> parts) =>
        [.. rows.Where(row => row.From.Equals(state) && row.Parties.Any(parts.Contains)).Select(row => row.Step).Distinct()];
}
