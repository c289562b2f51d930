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
}
