using System.Globalization;
using System.Text.Json;
using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Problems;
using DataExchange.Enforcement.Replay;
using DataExchange.Enforcement.Requests;
using DataExchange.Gateway.Consents;
using DataExchange.Gateway.Identity;
using DataExchange.Gateway.OpenApi;
using DataExchange.Gateway.Problems;
using DataExchange.Policy.Explanations;

namespace DataExchange.Gateway.Decisions;

/// <summary>
/// Decisions, replayed (P-REPLAY) and told gate by gate: the person concerned and reviewers are told everything, the department that asked
/// is told which gate refused and what would help.
/// </summary>
public static class DecisionEndpoints
{
    public static void MapDecisions(this IEndpointRouteBuilder app)
    {
        var decisions = app.MapGroup("/v1/decisions").WithTags("decisions");
        decisions.MapGet("/{id:long}", ReadOwnAsync).RequireRoles(Roles.Citizen)
            .WithName("ReadDecision").WithSummary("A decision about oneself, replayed and told gate by gate.")
            .Produces<DecisionView>().Fails(ProblemSlugs.NotFound, ProblemSlugs.ActorNotAuthorised, ProblemSlugs.AuditUnavailable);
        decisions.MapPost("/{id:long}", ReadAsync).RequireRoles(Roles.Reviewer, Roles.DepartmentSystem, Roles.DeskClerk)
            .WithName("ReadDecisionAbout").WithSummary("A decision about a person whom the caller names, replayed and told gate by gate: one that the caller's department asked for, or any for a reviewer.")
            .Produces<DecisionView>()
            .WithExample("""{ "subject": { "scheme": "cn-resident-id", "value": "11010519491231002X" } }""")
            .Fails(ProblemSlugs.RequestMalformed, ProblemSlugs.NotFound, ProblemSlugs.UnsupportedMediaType, ProblemSlugs.PayloadTooLarge, ProblemSlugs.ActorNotAuthorised, ProblemSlugs.AuditUnavailable);
    }

    private static async Task<IResult> ReadOwnAsync(long id, DecisionReplay replay, HttpContext context) =>
        context.Caller().Subject is { } self && await replay.ReplayAsync(id, self, static _ => true, context.RequestAborted) is { } decision
            ? Show(decision, Audience.Subject)
            : NotThere();

    private static async Task<IResult> ReadAsync(long id, DecisionQuestion question, DecisionReplay replay, ConsentAccess access, HttpContext context)
    {
        var actor = context.Caller().Actor;
        var isReviewer = actor.Roles.Contains(Roles.Reviewer);
        var department = access.DepartmentOf(actor)?.Code;
        bool MayRead(string? consumer) => isReviewer || (consumer is not null && consumer == department);
        return SubjectNumber.IsAcceptable(question.Subject) && await replay.ReplayAsync(id, question.Subject, MayRead, context.RequestAborted) is { } decision
            ? Show(decision, isReviewer ? Audience.Reviewer : Audience.Caller)
            : NotThere();
    }

    private static ProblemResult NotThere() => new(ProblemSlugs.NotFound, "There is no such decision, or it is about somebody else.");

    private static IResult Show(ReplayedDecision decision, Audience audience)
    {
        var explained = Explainer.Explain(decision.Trace, decision.Origins, audience);
        var isCaller = audience == Audience.Caller;
        return Results.Ok(new DecisionView(
            decision.Index.ToString(CultureInfo.InvariantCulture),
            decision.Kind,
            decision.Governance,
            DateTimeOffset.FromUnixTimeMilliseconds(decision.TimeMs),
            decision.Matches,
            explained.Outcome,
            explained.Problem,
            explained.Summary,
            explained.Gates,
            isCaller ? null : JsonElement.Parse(decision.Recorded.Span),
            isCaller ? null : JsonElement.Parse(decision.Replayed.Span)));
    }
}
