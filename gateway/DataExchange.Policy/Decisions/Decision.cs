using System.Text.Json.Serialization;
using DataExchange.Contracts.Problems;
using DataExchange.Policy.Json;
using DataExchange.Policy.Model;

namespace DataExchange.Policy.Decisions;

/// <summary>What came of a request. The zero value denies.</summary>
[JsonConverter(typeof(StrictEnumConverter<DecisionOutcome>))]
public enum DecisionOutcome { Deny = 0, Partial, Permit }

/// <summary>What the rules say. The zero value denies.</summary>
public sealed record Decision
{
    public DecisionOutcome Outcome { get; init; }
    /// <summary>The problem, when denied.</summary>
    public ProblemSlug? Problem { get; init; }
    /// <summary>Every reason found, in gate order.</summary>
    public IReadOnlyList<ProblemReason> Reasons { get; init; } = [];
    public IReadOnlyList<PermittedField> Permitted { get; init; } = [];
    /// <summary>What a break-glass grant let pass, in gate order; empty without one.</summary>
    public IReadOnlyList<ProblemReason> Relaxed { get; init; } = [];
    /// <summary>Fields asked for and not permitted.</summary>
    public IReadOnlyList<string> Denied { get; init; } = [];
    public IReadOnlyList<string> Obligations { get; init; } = [];
    /// <summary>Consumer's member code, once known.</summary>
    public string? Consumer { get; init; }
    /// <summary><c>{id}@{revision}</c> of the agreement relied on.</summary>
    public string? Agreement { get; init; }
    /// <summary>The dataset's revision that the record follows: the one that the agreement was signed over. Null when denied.</summary>
    public Dataset? Served { get; init; }
    public string? Remedy { get; init; }
    /// <summary>Size of the governance log decided under.</summary>
    public long GovernanceSize { get; init; }
    /// <summary>Id of the protective hold that denies; null where none does. Nobody is told who is not a reviewer or the person.</summary>
    public string? Hold { get; init; }
    /// <summary>With a hold: what may be seen of the decision.</summary>
    internal Decision? Shown { get; init; }

    /// <summary>
    /// What callers and providers may see of it, in answers, receipts, replays and explanations alike: the decision as if no protective hold
    /// were in force. It is no permission: what may leave is in <see cref="Permitted"/> of the decision itself.
    /// </summary>
    public Decision ForCaller() => Shown ?? this;
    /// <summary>Consents whose use has to be counted before anything is released. Not part of what is recorded: the rules say so again.</summary>
    public IReadOnlyList<string> Uncounted { get; init; } = [];
}
