using System.Globalization;
using System.Text.Json;
using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Problems;
using DataExchange.Enforcement.Replay;
using DataExchange.Enforcement.Requests;
using DataExchange.Gateway.Consents;
using DataExchange.Gateway.Identity;
using DataExchange.Gateway.Problems;

namespace DataExchange.Gateway.Decisions;

/// <summary>Decisions, replayed (P-REPLAY): for the person concerned, the department that asked, and reviewers.</summary>
public static class DecisionEndpoints
{
    public static void MapDecisions(this IEndpointRouteBuilder app)
    {
        var decisions = app.MapGroup("/v1/decisions").WithTags("decisions");
        decisions.MapGet("/{id:long}", ReadOwnAsync).RequireRoles(Roles.Citizen)
            .WithName("ReadDecision").WithSummary("A decision about oneself.")
            .Produces<DecisionView>().Fails(ProblemSlugs.NotFound, ProblemSlugs.ActorNotAuthorised, ProblemSlugs.AuditUnavailable);
        decisions.MapPost("/{id:long}", ReadAsync).RequireRoles(Roles.Reviewer, Roles.DepartmentSystem, Roles.DeskClerk)
            .WithName("ReadDecisionAbout").WithSummary("A decision about a person whom the caller names: one that the caller's department asked for, or any for a reviewer.")
            .Produces<DecisionView>()
            .Fails(ProblemSlugs.RequestMalformed, ProblemSlugs.NotFound, ProblemSlugs.UnsupportedMediaType, ProblemSlugs.PayloadTooLarge, ProblemSlugs.ActorNotAuthorised, ProblemSlugs.AuditUnavailable);
    }

    private static async Task<IResult> ReadOwnAsync(long id, DecisionReplay replay, HttpContext context) =>
        context.Caller().Subject is { } self && await replay.ReplayAsync(id, self, static _ => true, context.RequestAborted) is { } decision
            ? Results.Ok(Show(decision))
            : NotThere();

    private static async Task<IResult> ReadAsync(long id, DecisionQuestion question, DecisionReplay replay, ConsentAccess access, HttpContext context)
    {
        var actor = context.Caller().Actor;
        var department = access.DepartmentOf(actor)?.Code;
        bool MayRead(string? consumer) => actor.Roles.Contains(Roles.Reviewer) || (consumer is not null && consumer == department);
        return SubjectNumber.IsAcceptable(question.Subject) && await replay.ReplayAsync(id, question.Subject, MayRead, context.RequestAborted) is { } decision
            ? Results.Ok(Show(decision))
            : NotThere();
    }

    private static ProblemResult NotThere() => new(ProblemSlugs.NotFound, "There is no such decision, or it is about somebody else.");

    private static DecisionView Show(ReplayedDecision decision) => new(
        decision.Index.ToString(CultureInfo.InvariantCulture),
        decision.Kind,
        decision.Governance,
        DateTimeOffset.FromUnixTimeMilliseconds(decision.TimeMs),
        JsonElement.Parse(decision.Recorded.Span),
        JsonElement.Parse(decision.Replayed.Span),
        decision.Matches);
}
