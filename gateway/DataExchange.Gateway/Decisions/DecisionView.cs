using System.Text.Json;
using DataExchange.Contracts.Records;

namespace DataExchange.Gateway.Decisions;

/// <summary>Body of <c>POST /v1/decisions/{id}</c>.</summary>
/// <param name="Subject">Whom the decision was about. The log does not say; whoever asks has to know.</param>
public sealed record DecisionQuestion(SubjectRef Subject);

/// <summary>A logged decision, and the same request decided again under the rules of its time.</summary>
/// <param name="Decision">Its id.</param>
/// <param name="Kind">Kind of its leaf in the access log.</param>
/// <param name="GovernanceSize">Size of the governance log that it was decided under.</param>
/// <param name="DecidedAt">When.</param>
/// <param name="Recorded">What the log holds.</param>
/// <param name="Replayed">What the same rules say now.</param>
/// <param name="Matches">Whether the two are the same; anything but true is a fault to be reported.</param>
public sealed record DecisionView(
    string Decision, string Kind, long GovernanceSize, DateTimeOffset DecidedAt, JsonElement Recorded, JsonElement Replayed, bool Matches);
