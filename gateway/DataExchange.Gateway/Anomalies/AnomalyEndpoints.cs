using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Problems;
using DataExchange.Gateway.Commands;
using DataExchange.Gateway.Identity;
using DataExchange.Gateway.OpenApi;
using DataExchange.Gateway.Problems;
using DataExchange.Policy.Anomalies;

namespace DataExchange.Gateway.Anomalies;

/// <summary>What the anomaly rules found about officials, for reviewers, and the rules themselves.</summary>
public static class AnomalyEndpoints
{
    public static void MapAnomalies(this IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/audit/anomaly-rules", AnomalyQueue.Rules).RequireRoles(Roles.Reviewer, Roles.Steward, Roles.Operator).WithTags("audit")
            .WithName("ReadAnomalyRules").WithSummary("The anomaly rules in force, and what they have to go by.")
            .Produces<AnomalyRulesView>().Fails(ProblemSlugs.ActorNotAuthorised);

        var anomalies = app.MapGroup("/v1/audit/anomalies").WithTags("audit");
        anomalies.MapGet("/", ListAsync).RequireRoles(Roles.Reviewer)
            .WithName("ListAnomalies").WithSummary("Findings of the anomaly rules, the oldest first; the review queue with ?state=Found.")
            .Produces<AnomalyPage>().Fails(ProblemSlugs.RequestMalformed, ProblemSlugs.ActorNotAuthorised, ProblemSlugs.AuditUnavailable);
        anomalies.MapGet("/{id}", ReadAsync).RequireRoles(Roles.Reviewer)
            .WithName("ReadAnomaly").WithSummary("One finding: what was compared, which entries it rests on, and what a reviewer made of it.")
            .Produces<AnomalyView>().Fails(ProblemSlugs.NotFound, ProblemSlugs.ActorNotAuthorised, ProblemSlugs.AuditUnavailable);
        anomalies.MapPost("/{id}/assign", (string id, AnomalyAssignment? body, AnomalyReviews reviews, HttpContext context) =>
                reviews.ReviewAsync(id, body, isOwn => new AssignAnomaly { Id = id, IsOwn = isOwn, Assignee = body?.Assignee }, context))
            .RequireRoles(Roles.Reviewer)
            .WithName("AssignAnomaly").WithSummary("A reviewer takes a finding, or gives it to another reviewer.")
            .WithExample("""{ "assignee": "reviewer" }""")
            .Produces<AnomalyView>().FailsAsCommand();
        anomalies.MapPost("/{id}/close", (string id, AnomalyClosing body, AnomalyReviews reviews, HttpContext context) =>
                reviews.ReviewAsync(id, body, isOwn => new CloseAnomaly { Id = id, IsOwn = isOwn, Justified = body.Verdict == AnomalyVerdict.Justified, Reason = body.Reason }, context))
            .RequireRoles(Roles.Reviewer)
            .WithName("CloseAnomaly").WithSummary("The reviewer who has a finding closes it: justified, and the official may go on; or unjustified, and a hold stays.")
            .WithExample("""{ "verdict": "Justified", "reason": "Day of enrolment; the head of the desk has confirmed the load." }""")
            .Produces<AnomalyView>().FailsAsCommand();
        anomalies.MapPost("/{id}/lift", (string id, AnomalyLifting body, AnomalyReviews reviews, HttpContext context) =>
                reviews.ReviewAsync(id, body, isOwn => new LiftAnomaly { Id = id, IsOwn = isOwn, Reason = body.Reason }, context))
            .RequireRoles(Roles.Reviewer)
            .WithName("LiftAnomaly").WithSummary("A reviewer lifts the hold of a finding that was closed as unjustified.")
            .WithExample("""{ "reason": "The department has taken the disciplinary steps; the official is instructed." }""")
            .Produces<AnomalyView>().FailsAsCommand();
    }

    private static async Task<IResult> ListAsync(AnomalyQueue queue, HttpContext context, AnomalyState? state = null, string? after = null, int limit = AnomalyQueue.DefaultLimit) =>
        limit is < 1 or > AnomalyQueue.MaxLimit
            ? new ProblemResult(ProblemSlugs.RequestMalformed, $"limit is 1 to {AnomalyQueue.MaxLimit}.")
            : Results.Ok(await queue.ListAsync(state, after, limit, context.RequestAborted));

    private static async Task<IResult> ReadAsync(string id, AnomalyQueue queue, HttpContext context)
    {
        if (queue.Find(id) is not { } finding)
        {
            return new ProblemResult(ProblemSlugs.NotFound, "There is no such finding.");
        }

        context.Response.SetVersion(finding.LogIndex);
        return Results.Ok(await queue.ShowAsync(finding, null, context.RequestAborted));
    }
}
