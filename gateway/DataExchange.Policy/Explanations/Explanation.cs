using System.Text.Json.Serialization;
using DataExchange.Policy.Decisions;
using DataExchange.Policy.Model;

namespace DataExchange.Policy.Explanations;

/// <summary>A decision told gate by gate. Texts are in every language that there is, keyed by its tag.</summary>
/// <param name="Outcome">What came of the request.</param>
/// <param name="Problem">Code of the first reason; null where nothing was denied.</param>
/// <param name="Summary">The outcome in words.</param>
/// <param name="Gates">In order.</param>
public sealed record Explanation(DecisionOutcome Outcome, string? Problem, LocalizedText Summary, IReadOnlyList<GateExplanation> Gates);

/// <summary>What one gate looked at and found.</summary>
/// <param name="Gate">Its number, 1 to 10.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Status">What came of it.</param>
/// <param name="StatusText">The status in words.</param>
/// <param name="Asked">What was asked of it; null for the caller, who asked it.</param>
/// <param name="Rules">The rules it went by, each with the entry of the governance log that made it so; empty for the caller.</param>
/// <param name="Reasons">Why it failed, and what would make it pass.</param>
public sealed record GateExplanation(
    int Gate, LocalizedText Name, GateStatus Status, LocalizedText StatusText, LocalizedText? Asked, IReadOnlyList<CitedRule> Rules, IReadOnlyList<ExplainedReason> Reasons);

/// <summary>What came of a gate.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<GateStatus>))]
public enum GateStatus
{
    /// <summary>Nobody looked: an earlier gate found nothing that it could have been held against.</summary>
    NotReached = 0,

    Failed,

    Passed,
}

/// <summary>A rule that a gate went by.</summary>
/// <param name="Kind">For instance <c>agreement</c>, <c>consent</c>.</param>
/// <param name="Id">Code or id, with the revision where there are revisions: <c>{id}@{revision}</c>.</param>
/// <param name="GovernanceIndex">Index of the newest entry of the governance log about it at the time; null for a rule that no entry of its own made.</param>
/// <param name="Text">What it says.</param>
public sealed record CitedRule(string Kind, string Id, long? GovernanceIndex, LocalizedText Text);

/// <summary>One reason of a refusal.</summary>
/// <param name="Code">A problem slug.</param>
/// <param name="Field">The field concerned; null where it is the request as a whole.</param>
/// <param name="Meaning">What it means.</param>
/// <param name="Remedy">What would make it pass.</param>
public sealed record ExplainedReason(string Code, string? Field, LocalizedText Meaning, LocalizedText Remedy);
