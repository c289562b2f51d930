using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using DataExchange.Contracts.Log;
using DataExchange.Policy.Anomalies;
using DataExchange.Policy.Json;
using DataExchange.Policy.Model;

namespace DataExchange.Policy.Decisions;

/// <summary>
/// A decision as access records hold it (P-REPLAY): <c>request</c> is everything the rules looked at, <c>decision</c> what they said.
/// Written member by member in canonical order, so that the bytes need no second pass.
/// </summary>
public static class DecisionRecord
{
    /// <summary>
    /// Writes the request as an object, without the subject's handle: the record's opening goes to the consumer and to the provider, and
    /// what the registers call a person is not theirs to know. <see cref="ReadRequest"/> reads it back.
    /// </summary>
    public static void WriteRequest(CanonicalJsonWriter writer, ExchangeRequest request)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("actor");
        WriteActor(writer, request.Actor);
        WriteAnomalies(writer, request.Anomalies);
        writer.WriteStringIfPresent("birthDate", request.BirthDate?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        writer.WriteStringIfPresent("breakGlass", request.BreakGlass);
        writer.WriteStringIfPresent("case", request.Case);
        writer.WriteString("dataset", request.Dataset);
        if (request.Exchange is { } exchange)
        {
            writer.WriteNumber("exchange", exchange);
        }

        writer.WriteStrings("fields", request.Fields);
        writer.WriteBoolean("lenient", request.Lenient);
        writer.WriteStringIfPresent("mandate", request.Mandate);
        writer.WriteString("mode", request.Mode.ToString());
        writer.WriteString("purpose", request.Purpose);
        writer.WriteNumber("quotaUsed", request.QuotaUsed);
        writer.WriteString("subjectScheme", request.SubjectScheme);
        writer.WriteEndObject();
    }

    /// <summary>
    /// Writes the decision as an object. The reasons' prose is left out: it may be put better one day without the decision being another.
    /// What is written is opened to the consumer and the provider, so it is the decision <see cref="Decision.ForCaller"/>.
    /// </summary>
    public static void WriteDecision(CanonicalJsonWriter writer, Decision decision)
    {
        decision = decision.ForCaller();
        writer.WriteStartObject();
        writer.WriteStringIfPresent("agreement", decision.Agreement);
        writer.WriteStringIfPresent("consumer", decision.Consumer);
        writer.WriteStrings("denied", decision.Denied);
        writer.WriteNumber("governance", decision.GovernanceSize);
        writer.WriteStrings("obligations", decision.Obligations);
        writer.WriteString("outcome", decision.Outcome.ToString());
        writer.WritePropertyName("permitted");
        WritePermitted(writer, decision.Permitted);
        writer.WriteStringIfPresent("problem", decision.Problem?.Code);
        writer.WritePropertyName("reasons");
        WriteReasons(writer, decision.Reasons);
        if (decision.Relaxed.Count > 0)
        {
            writer.WritePropertyName("relaxed");
            WriteReasons(writer, decision.Relaxed);
        }

        writer.WriteEndObject();
    }

    /// <summary>Reads what <see cref="WriteRequest"/> wrote.</summary>
    /// <param name="request">The object.</param>
    /// <param name="subject">Whom it is about; the vault knows.</param>
    /// <exception cref="JsonException">Not a request.</exception>
    public static ExchangeRequest ReadRequest(JsonElement request, SubjectHandle subject)
    {
        var members = JsonObject.Create(request) ?? throw new JsonException("The request is no object.");
        members["subject"] = subject.Value;
        return members.Deserialize(PolicyJsonContext.Default.ExchangeRequest) ?? throw new JsonException("The request is null.");
    }

    private static void WriteActor(CanonicalJsonWriter writer, Actor actor)
    {
        writer.WriteStartObject();
        writer.WriteStringIfPresent("boundTo", actor.BoundTo);
        writer.WriteString("clientId", actor.ClientId);
        writer.WriteStringIfPresent("presented", actor.Presented);
        writer.WriteStrings("roles", actor.Roles);
        writer.WriteStringIfPresent("userId", actor.UserId);
        writer.WriteEndObject();
    }

    private static void WriteAnomalies(CanonicalJsonWriter writer, IReadOnlyList<AnomalyFact>? anomalies)
    {
        if (anomalies is not { Count: > 0 })
        {
            return;
        }

        writer.WritePropertyName("anomalies");
        writer.WriteStartArray();
        foreach (var (rule, action) in anomalies)
        {
            writer.WriteStartObject();
            writer.WriteString("action", action.ToString());
            writer.WriteString("rule", rule);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WritePermitted(CanonicalJsonWriter writer, IReadOnlyList<PermittedField> permitted)
    {
        writer.WriteStartArray();
        foreach (var field in permitted)
        {
            writer.WriteStartObject();
            writer.WriteString("basis", field.Basis.ToString());
            writer.WriteStringIfPresent("consent", field.ConsentId);
            writer.WriteString("name", field.Name);
            if (field.RangeWidth is { } width)
            {
                writer.WriteNumber("rangeWidth", width);
            }

            writer.WriteString("transform", field.Transform.ToString());
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteReasons(CanonicalJsonWriter writer, IReadOnlyList<Contracts.Problems.ProblemReason> reasons)
    {
        writer.WriteStartArray();
        foreach (var reason in reasons)
        {
            writer.WriteStartObject();
            writer.WriteString("code", reason.Code);
            writer.WriteStringIfPresent("field", reason.Field);
            writer.WriteNumber("gate", reason.Gate);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
