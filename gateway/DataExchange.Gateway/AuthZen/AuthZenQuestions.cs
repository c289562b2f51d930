using DataExchange.Contracts.Problems;
using DataExchange.Contracts.Records;
using DataExchange.Enforcement.Evaluations;
using DataExchange.Enforcement.Governance;
using DataExchange.Enforcement.Problems;
using DataExchange.Policy.Decisions;
using DataExchange.Policy.Model;

namespace DataExchange.Gateway.AuthZen;

/// <summary>Makes questions to the rules of what the Authorization API takes.</summary>
public sealed class AuthZenQuestions(GovernanceLedger ledger)
{
    private const string Client = "client";
    private const string User = "user";
    private const string Dataset = "dataset";

    /// <summary>
    /// The actor that a subject stands for. Asking what somebody may see about a person tells something about that person, so callers ask
    /// for themselves; a reviewer asks for any client, as a department's system whose token came as its registration demands.
    /// </summary>
    /// <returns>Null for a subject that the caller may not ask for.</returns>
    public Actor? ActorOf(EvaluationSubject subject, Actor caller) => subject switch
    {
        { Type: Client } when subject.Id == caller.ClientId => caller,
        { Type: User } when subject.Id == caller.UserId => caller,
        { Type: Client } when caller.Roles.Contains(Roles.Reviewer) => AsRegistered(subject.Id),
        _ => null,
    };

    /// <summary>The question, or what is wrong with it.</summary>
    public static (EvaluationQuestion? Question, ExchangeProblem? Problem) Read(Actor actor, Actor caller, EvaluationAction action, EvaluationResource resource)
    {
        ExchangeMode? mode = action.Name switch
        {
            "query" => ExchangeMode.Query,
            "batch" => ExchangeMode.Batch,
            _ => null,
        };
        if (mode is null)
        {
            return Malformed("action.name is query or batch.");
        }

        if (resource.Type != Dataset)
        {
            return Malformed("resource.type is dataset.");
        }

        if (resource.Properties is not { Subject: { } person, Purpose: { } purpose, Fields: { } fields } rest)
        {
            return Malformed("resource.properties names the subject, the purpose and the fields.");
        }

        var query = new RecordQuery { Subject = person, Purpose = purpose, Fields = fields, Case = rest.Case, Mandate = rest.Mandate };
        var question = new EvaluationQuestion(actor, ReferenceEquals(actor, caller) ? null : caller, resource.Id, query, mode.Value);
        return AccessEvaluator.Check(question) is { } problem ? (null, problem) : (question, null);
    }

    private Actor AsRegistered(string clientId)
    {
        var thumbprint = ledger.Current.FindMemberByClient(clientId)?.Clients.First(client => client.ClientId == clientId).CertificateThumbprint;
        return new Actor { ClientId = clientId, Roles = [Roles.DepartmentSystem], BoundTo = thumbprint, Presented = thumbprint };
    }

    private static (EvaluationQuestion?, ExchangeProblem?) Malformed(string detail) => (null, Problem.Of(ProblemSlugs.RequestMalformed, detail));
}
