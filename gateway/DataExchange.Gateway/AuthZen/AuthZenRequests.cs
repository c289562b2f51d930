using System.Text.Json;
using System.Text.Json.Serialization;
using DataExchange.Contracts.Records;

namespace DataExchange.Gateway.AuthZen;

/// <summary>Body of <c>POST /access/v1/evaluation</c> (Authorization API 1.0 §6). Members that are not known are passed over, as the specification asks.</summary>
/// <param name="Subject">Who would see the fields: the caller; for a reviewer, any client.</param>
/// <param name="Action">How.</param>
/// <param name="Resource">What.</param>
/// <param name="Context">Nothing of it is looked at.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record EvaluationRequest(EvaluationSubject Subject, EvaluationAction Action, EvaluationResource Resource, JsonElement? Context = null);

/// <summary>Body of <c>POST /access/v1/evaluations</c> (§7): up to 100 evaluations. What stands at the top is the default of each.</summary>
/// <param name="Subject">Where an evaluation names none.</param>
/// <param name="Action">Where an evaluation names none.</param>
/// <param name="Resource">Where an evaluation names none.</param>
/// <param name="Context">Nothing of it is looked at.</param>
/// <param name="Evaluations">The questions, in order; none or absent: what stands at the top is the one question, and the answer is that of <c>evaluation</c>.</param>
/// <param name="Options">How to go through them.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record EvaluationsRequest(
    EvaluationSubject? Subject = null, EvaluationAction? Action = null, EvaluationResource? Resource = null, JsonElement? Context = null,
    IReadOnlyList<EvaluationItem>? Evaluations = null, EvaluationsOptions? Options = null);

/// <summary>One question of several.</summary>
/// <param name="Subject">Instead of the one at the top.</param>
/// <param name="Action">Instead of the one at the top.</param>
/// <param name="Resource">Instead of the one at the top.</param>
/// <param name="Context">Nothing of it is looked at.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record EvaluationItem(EvaluationSubject? Subject = null, EvaluationAction? Action = null, EvaluationResource? Resource = null, JsonElement? Context = null);

/// <summary>Who would see the fields.</summary>
/// <param name="Type"><c>client</c> or <c>user</c>.</param>
/// <param name="Id">The token's client id, or the user's.</param>
/// <param name="Properties">Nothing of it is looked at: what a client is, the token and the registers say.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record EvaluationSubject(string Type, string Id, JsonElement? Properties = null);

/// <summary>How the fields would be asked for.</summary>
/// <param name="Name"><c>query</c> or <c>batch</c>.</param>
/// <param name="Properties">Nothing of it is looked at.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record EvaluationAction(string Name, JsonElement? Properties = null);

/// <summary>What would be seen.</summary>
/// <param name="Type"><c>dataset</c>.</param>
/// <param name="Id"><c>{provider}/{name}</c>.</param>
/// <param name="Properties">Whose record, for what, which fields.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record EvaluationResource(string Type, string Id, EvaluationProperties? Properties = null);

/// <summary>The rest of a query, as the body of <c>POST /v1/records/{provider}/{dataset}/query</c> has it.</summary>
/// <param name="Subject">Whose record.</param>
/// <param name="Purpose">Code of one registered purpose.</param>
/// <param name="Fields">Names, at least one.</param>
/// <param name="Case">The open case.</param>
/// <param name="Mandate">The mandate under which somebody acts for the person.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record EvaluationProperties(SubjectRef? Subject = null, string? Purpose = null, IReadOnlyList<string>? Fields = null, string? Case = null, string? Mandate = null);

/// <summary>How to go through several questions.</summary>
/// <param name="EvaluationsSemantic"><c>execute_all</c> (where absent), <c>deny_on_first_deny</c> or <c>permit_on_first_permit</c>.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record EvaluationsOptions([property: JsonPropertyName("evaluations_semantic")] string? EvaluationsSemantic = null);
