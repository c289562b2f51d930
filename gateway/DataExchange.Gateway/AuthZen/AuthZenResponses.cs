using System.Globalization;
using System.Text.Json.Serialization;
using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Evaluations;

namespace DataExchange.Gateway.AuthZen;

/// <summary>An answer of the Authorization API (§5.5).</summary>
/// <param name="Decision">True only where every field asked for may be seen.</param>
/// <param name="Context">Why.</param>
public sealed record EvaluationResponse(bool Decision, EvaluationContext Context)
{
    /// <summary>What the rules said.</summary>
    public static EvaluationResponse Of(AccessEvaluation evaluation) => new(evaluation.IsPermitted, new EvaluationContext
    {
        Id = evaluation.Index.ToString(CultureInfo.InvariantCulture),
        GovernanceSize = evaluation.Decision.GovernanceSize,
        Code = evaluation.Decision.Reasons.Count > 0 ? evaluation.Decision.Reasons[0].Code : null,
        Reasons = evaluation.Decision.Reasons,
        Fields = [.. evaluation.Decision.Permitted.Select(field => field.Name)],
        Obligations = evaluation.Decision.Obligations,
        Remedy = evaluation.Decision.Remedy,
    });

    /// <summary>A question that cannot be read denies.</summary>
    public static EvaluationResponse Of(ExchangeProblem problem) =>
        new(false, new EvaluationContext { Code = problem.Code, Error = new EvaluationError(problem.Status, problem.Detail ?? problem.Title) });
}

/// <summary>Answers to several questions, in their order; fewer where one of them ended it.</summary>
/// <param name="Evaluations">The answers.</param>
public sealed record EvaluationsResponse(IReadOnlyList<EvaluationResponse> Evaluations);

/// <summary>Why a decision is what it is.</summary>
public sealed record EvaluationContext
{
    /// <summary>Id of the decision, as <c>/v1/decisions/{id}</c> takes it; absent where none was made.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Id { get; init; }

    /// <summary>Size of the governance log that it was decided under.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? GovernanceSize { get; init; }

    /// <summary>Problem code of the first reason; absent where nothing was denied.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Code { get; init; }

    /// <summary>Every reason found, in gate order.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ProblemReason>? Reasons { get; init; }

    /// <summary>Names of the fields that may be seen.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Fields { get; init; }

    /// <summary>Obligations that come with them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Obligations { get; init; }

    /// <summary>What the caller can do.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Remedy { get; init; }

    /// <summary>What is wrong with this one question, among several.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EvaluationError? Error { get; init; }
}

/// <summary>What is wrong with one question.</summary>
/// <param name="Status">The HTTP status that it would have had alone.</param>
/// <param name="Message">For people.</param>
public sealed record EvaluationError(int Status, string Message);

/// <summary>Where this decision point answers (§9). Names as the specification has them.</summary>
/// <param name="PolicyDecisionPoint">Base URL.</param>
/// <param name="AccessEvaluationEndpoint">URL.</param>
/// <param name="AccessEvaluationsEndpoint">URL.</param>
public sealed record AuthZenConfiguration(
    [property: JsonPropertyName("policy_decision_point")] string PolicyDecisionPoint,
    [property: JsonPropertyName("access_evaluation_endpoint")] string AccessEvaluationEndpoint,
    [property: JsonPropertyName("access_evaluations_endpoint")] string AccessEvaluationsEndpoint);
