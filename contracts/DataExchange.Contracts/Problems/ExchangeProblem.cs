using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using DataExchange.Contracts.Records;

namespace DataExchange.Contracts.Problems;

/// <summary>An RFC 9457 problem, <c>application/problem+json</c>.</summary>
public sealed record ExchangeProblem
{
    /// <summary><c>urn:data-exchange:problem:{code}</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Short and constant for the type.</summary>
    public required string Title { get; init; }

    /// <summary>HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>What is wrong with this request, without personal data.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Detail { get; init; }

    /// <summary>The stable code, the last part of the type.</summary>
    public required string Code { get; init; }

    /// <summary>Id of the decision, where one was made.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Decision { get; init; }

    /// <summary>Every reason found, in gate order.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ProblemReason>? Reasons { get; init; }

    /// <summary>The fields that were denied.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? DeniedFields { get; init; }

    /// <summary>What the caller can do about it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Remedy { get; init; }

    /// <summary>With a conflict: the steps that the state allows now, as the last part of their paths. Empty where it has ended.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Next { get; init; }

    /// <summary>With a document that breaks rules: everything that is wrong with it, at once.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ProblemFault>? Faults { get; init; }

    /// <summary>Number of the line that this is about, counted from 1; in the answer to a batch only.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Line { get; init; }

    /// <summary>Proof that the refusal was logged.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Receipt? Receipt { get; init; }
}

/// <summary>Something wrong with a document that was sent.</summary>
/// <param name="Path">Where, as a JSON path: <c>$.grants[0].fields[1].name</c>.</param>
/// <param name="Message">What is wrong with the value, and the way out.</param>
public sealed record ProblemFault(string Path, string Message);

/// <summary>One reason of a refusal.</summary>
public sealed record ProblemReason
{
    /// <summary>For reading. Members and not constructor parameters, because a reason about the request as a whole has no member <c>field</c>.</summary>
    [JsonConstructor]
    public ProblemReason()
    {
    }

    /// <summary>A reason with all its parts.</summary>
    [SetsRequiredMembers]
    public ProblemReason(int gate, string code, string? field, string detail) => (Gate, Code, Field, Detail) = (gate, code, field, detail);

    /// <summary>Number of the gate, 1 to 10.</summary>
    public required int Gate { get; init; }

    /// <summary>A problem slug.</summary>
    public required string Code { get; init; }

    /// <summary>The field concerned, if one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Field { get; init; }

    /// <summary>For people; without personal data.</summary>
    public required string Detail { get; init; }
}
