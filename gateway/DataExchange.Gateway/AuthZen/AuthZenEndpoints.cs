using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Evaluations;
using DataExchange.Enforcement.Problems;
using DataExchange.Gateway.Identity;
using DataExchange.Gateway.OpenApi;
using DataExchange.Gateway.Problems;
using DataExchange.Policy.Decisions;
using Microsoft.AspNetCore.Http.Features;

namespace DataExchange.Gateway.AuthZen;

/// <summary>
/// OpenID AuthZEN Authorization API 1.0 over the same <c>Decide</c>, for systems that enforce elsewhere. A denial is an answer (200); the
/// statuses 400, 401, 403 and 503 are about the question. Every answer is in the access log before it is given, and nothing is released.
/// </summary>
public static class AuthZenEndpoints
{
    /// <summary>Most questions in one request.</summary>
    private const int MaxEvaluations = 100;

    public static void AddAuthZen(this WebApplicationBuilder builder) => builder.Services.AddSingleton<AuthZenQuestions>();

    /// <summary>Gives every answer the caller's <c>X-Request-ID</c>, problems included: so before anything that may refuse.</summary>
    public static void UseAuthZen(this WebApplication app) => app.UseMiddleware<RequestIdMiddleware>();

    public static void MapAuthZen(this IEndpointRouteBuilder app)
    {
        var access = app.MapGroup(RequestIdMiddleware.Prefix).WithTags("authzen").RequireRoles(Roles.DepartmentSystem, Roles.DeskClerk, Roles.Reviewer);
        access.MapPost("/evaluation", EvaluateAsync)
            .WithName("EvaluateAccess").WithSummary("AuthZEN: may this client see these fields of this person's record? Logged, and in the person's list.")
            .Produces<EvaluationResponse>().Fails(Problems)
            .WithExample(AuthZenExamples.Question, AuthZenExamples.Answer);
        access.MapPost("/evaluations", EvaluateAllAsync)
            .WithName("EvaluateAccesses").WithSummary("AuthZEN: up to a hundred such questions, with defaults and evaluations_semantic.")
            .Produces<EvaluationsResponse>().Fails(Problems)
            .WithExample(AuthZenExamples.Questions);
        app.MapGet("/.well-known/authzen-configuration", Describe).AllowAnonymous().WithTags("authzen")
            .WithName("DiscoverAuthZen").WithSummary("AuthZEN: where the decision point answers.");
    }

    private static ProblemSlug[] Problems =>
        [ProblemSlugs.RequestMalformed, ProblemSlugs.FieldsRequired, ProblemSlugs.ActorNotAuthorised, ProblemSlugs.UnsupportedMediaType, ProblemSlugs.PayloadTooLarge, ProblemSlugs.AuditUnavailable];

    private static Task<IResult> EvaluateAsync(EvaluationRequest request, AuthZenQuestions questions, AccessEvaluator evaluator, HttpContext context) =>
        EvaluateOneAsync(request.Subject, request.Action, request.Resource, questions, evaluator, context);

    private static async Task<IResult> EvaluateAllAsync(EvaluationsRequest request, AuthZenQuestions questions, AccessEvaluator evaluator, HttpContext context)
    {
        if (request.Evaluations is not { Count: > 0 } items)
        {
            return request is { Subject: { } subject, Action: { } action, Resource: { } resource }
                ? await EvaluateOneAsync(subject, action, resource, questions, evaluator, context)
                : Malformed("Without evaluations, the request is one: it has a subject, an action and a resource.");
        }

        if (items.Count > MaxEvaluations)
        {
            return Malformed($"evaluations holds more than {MaxEvaluations}.");
        }

        if (Ending(request.Options?.EvaluationsSemantic) is not { } endsWith)
        {
            return Malformed("options.evaluations_semantic is execute_all, deny_on_first_deny or permit_on_first_permit.");
        }

        // Read as a whole first: a request that is refused has asked nothing about anybody.
        var caller = context.Features.GetRequiredFeature<Actor>();
        var read = new List<(EvaluationQuestion? Question, ExchangeProblem? Problem)>(items.Count);
        foreach (var item in items)
        {
            if ((item.Subject ?? request.Subject) is not { } subject || (item.Action ?? request.Action) is not { } action || (item.Resource ?? request.Resource) is not { } resource)
            {
                return Malformed($"evaluations[{read.Count}] has no subject, action or resource, and there is no default.");
            }

            if (questions.ActorOf(subject, caller) is not { } actor)
            {
                return SomebodyElse();
            }

            read.Add(AuthZenQuestions.Read(actor, caller, action, resource));
        }

        var answers = new List<EvaluationResponse>(read.Count);
        foreach (var (question, problem) in read)
        {
            answers.Add(question is null ? EvaluationResponse.Of(problem!) : EvaluationResponse.Of(await evaluator.EvaluateAsync(question, context.RequestAborted)));
            if (endsWith(answers[^1].Decision))
            {
                break;
            }
        }

        return Results.Ok(new EvaluationsResponse(answers));
    }

    private static async Task<IResult> EvaluateOneAsync(
        EvaluationSubject subject, EvaluationAction action, EvaluationResource resource, AuthZenQuestions questions, AccessEvaluator evaluator, HttpContext context)
    {
        var caller = context.Features.GetRequiredFeature<Actor>();
        if (questions.ActorOf(subject, caller) is not { } actor)
        {
            return SomebodyElse();
        }

        var (question, problem) = AuthZenQuestions.Read(actor, caller, action, resource);
        return question is null ? new ProblemResult(problem!) : Results.Ok(EvaluationResponse.Of(await evaluator.EvaluateAsync(question, context.RequestAborted)));
    }

    /// <summary>Which answer is the last one; null for a semantic that there is not.</summary>
    private static Func<bool, bool>? Ending(string? semantic) => semantic switch
    {
        null or "execute_all" => static _ => false,
        "deny_on_first_deny" => static decision => !decision,
        "permit_on_first_permit" => static decision => decision,
        _ => null,
    };

    // The base is where the caller found this: the specification has it compare the two.
    private static AuthZenConfiguration Describe(HttpRequest request)
    {
        var origin = $"{request.Scheme}://{request.Host}";
        return new AuthZenConfiguration(origin, $"{origin}{RequestIdMiddleware.Prefix}/evaluation", $"{origin}{RequestIdMiddleware.Prefix}/evaluations");
    }

    private static ProblemResult SomebodyElse() => new(ProblemSlugs.ActorNotAuthorised, "The subject is the calling client or its user. Only a reviewer asks for another client.");

    private static ProblemResult Malformed(string detail) => new(ProblemSlugs.RequestMalformed, detail);
}
