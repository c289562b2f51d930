using DataExchange.Contracts.Problems;
using DataExchange.Contracts.Records;
using DataExchange.Enforcement.Problems;
using DataExchange.Policy.Personal;
using DataExchange.Policy.Rules;

namespace DataExchange.Enforcement.Governance;

/// <summary>What a command came to: the thing as the rules have it now and the receipt of the event, or a problem.</summary>
public sealed record CommandResult
{
    /// <summary>Code or id of what the command was about; null with a problem.</summary>
    public string? Id { get; private init; }

    /// <summary>The rules with the event in them; null with a problem.</summary>
    public RegionSnapshot? Rules { get; private init; }

    /// <summary>The record about a person that the event left; null with a problem, for an open event, and when the answer is repeated.</summary>
    public PersonalRecord? Record { get; private init; }

    /// <summary>Proof that the event is logged; null with a problem and when the answer is repeated.</summary>
    public Receipt? Receipt { get; private init; }

    /// <summary>The same command with the same idempotency key was accepted before, and nothing happened now.</summary>
    public bool IsRepeated { get; private init; }

    /// <summary>Why nothing happened.</summary>
    public ProblemSlug? Problem { get; private init; }

    public string? Detail { get; private init; }

    /// <summary>The steps that the state allows, with a conflict.</summary>
    public IReadOnlyList<string>? Next { get; private init; }

    /// <summary>Everything that is wrong with the document sent, where that is why.</summary>
    public IReadOnlyList<ProblemFault>? Faults { get; private init; }

    /// <summary>The problem as an endpoint answers it. Only where there is one.</summary>
    public ProblemResult ToProblem() => new(Problems.Problem.Of(Problem!, Detail) with { Next = Next, Faults = Faults });

    internal static CommandResult Accept(string? id, RegionSnapshot rules, PersonalRecord? record, Receipt receipt) =>
        new() { Id = id, Rules = rules, Record = record, Receipt = receipt };

    internal static CommandResult Repeat(string? id, RegionSnapshot rules) => new() { Id = id, Rules = rules, IsRepeated = true };

    internal static CommandResult Refuse(ProblemSlug problem, string? detail, IReadOnlyList<string>? next = null, IReadOnlyList<ProblemFault>? faults = null) =>
        new() { Problem = problem, Detail = detail, Next = next, Faults = faults };
}
