using System.Text.Json;
using DataExchange.Contracts.Records;
using DataExchange.Policy.Decisions;
using DataExchange.Policy.Explanations;
using DataExchange.Policy.Model;

namespace DataExchange.Gateway.Decisions;

/// <summary>Body of <c>POST /v1/decisions/{id}</c>.</summary>
/// <param name="Subject">Whom the decision was about. The log does not say; whoever asks has to know.</param>
public sealed record DecisionQuestion(SubjectRef Subject);

/// <summary>A logged decision, and the same request decided again under the rules of its time. Texts are in Chinese and English, keyed by language tag.</summary>
/// <param name="Decision">Its id.</param>
/// <param name="Kind">Kind of its leaf in the access log.</param>
/// <param name="GovernanceSize">Size of the governance log that it was decided under.</param>
/// <param name="DecidedAt">When.</param>
/// <param name="Matches">Whether the same rules say the same again; anything but true is a fault to be reported.</param>
/// <param name="Outcome">What came of the request.</param>
/// <param name="Problem">Code of the first reason; null where nothing was denied.</param>
/// <param name="Summary">The outcome in words.</param>
/// <param name="Gates">What each gate looked at and found, in order.</param>
/// <param name="Recorded">What the log holds; not for the department that asked.</param>
/// <param name="Replayed">What the same rules say now; not for the department that asked.</param>
public sealed record DecisionView(
    string Decision,
    string Kind,
    long GovernanceSize,
    DateTimeOffset DecidedAt,
    bool Matches,
    DecisionOutcome Outcome,
    string? Problem,
    LocalizedText Summary,
    IReadOnlyList<GateExplanation> Gates,
    JsonElement? Recorded,
    JsonElement? Replayed);
