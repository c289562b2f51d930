using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Governance;
using DataExchange.Enforcement.Problems;
using DataExchange.Gateway.Commands;
using DataExchange.Gateway.Identity;
using DataExchange.Gateway.OpenApi;
using DataExchange.Gateway.Personal;
using DataExchange.Gateway.Problems;
using DataExchange.Policy.BreakGlass;
using static DataExchange.Gateway.BreakGlass.BreakGlassViews;

namespace DataExchange.Gateway.BreakGlass;

/// <summary>Every broken glass is looked at by somebody else: the queue with its clocks, what was done, and the finding.</summary>
public static class BreakGlassReviews
{
    public static void MapBreakGlassReviews(this IEndpointRouteBuilder app)
    {
        var reviews = app.MapGroup("/v1/audit/break-glass").WithTags("audit").RequireRoles(Roles.Reviewer);
        reviews.MapGet("/", (bool? open, PersonalSteps steps, TimeProvider clock, HttpContext context) => steps.ListAsync(
                context, Register, (grant, by) => BreakGlassParts.IsReviewer(grant, by) && (open != true || grant.AwaitsReview(clock.GetUtcNow())), Shown(clock)))
            .WithName("ListBreakGlassReviews").WithSummary("Every grant that the caller may review; with open=true those that wait for a review. Overdue ones say so.")
            .Produces<IReadOnlyList<BreakGlassView>>().Fails(ProblemSlugs.RequestMalformed, ProblemSlugs.ActorNotAuthorised, ProblemSlugs.AuditUnavailable);
        reviews.MapGet("/{id}", ReadAsync)
            .WithName("ReadBreakGlassReview").WithSummary("A grant with the decisions that were made under it.")
            .Produces<BreakGlassReview>().Fails(ProblemSlugs.NotFound, ProblemSlugs.ActorNotAuthorised, ProblemSlugs.AuditUnavailable);
        BreakGlassEndpoints.MapStep(reviews, "end", "StopBreakGlass", "A reviewer stops a grant that is open.", id => new EndBreakGlass { Id = id });
        BreakGlassEndpoints.MapStep(reviews, "assign", "AssignBreakGlassReview", "The caller takes the review.", id => new AssignBreakGlass { Id = id });
        MapClose(reviews, "justify", "JustifyBreakGlass", "Breaking the glass was right.", isJustified: true);
        MapClose(reviews, "censure", "CensureBreakGlass", "Breaking the glass was not right.", isJustified: false);
    }

    private static void MapClose(RouteGroupBuilder reviews, string step, string name, string summary, bool isJustified) =>
        reviews.MapPost("/{id}/" + step, (string id, BreakGlassFinding finding, PersonalSteps steps, TimeProvider clock, HttpContext context) => steps.StepAsync(
                context, id, finding, _ => new CloseBreakGlass { Id = id, IsJustified = isJustified, Finding = finding.Finding }, Register, Shown(clock)))
            .WithName(name).WithSummary(summary)
            .Produces<BreakGlassView>().WithExample("""{ "finding": "The clinic confirms the emergency." }""").FailsAsCommand();

    private static async Task<IResult> ReadAsync(string id, GovernanceLedger ledger, CommandSender commands, BreakGlassUses uses, TimeProvider clock, HttpContext context)
    {
        if (ledger.Current.BreakGlass.Find(id) is not { } grant || !BreakGlassParts.IsReviewer(grant, await commands.PartyAsync(context)))
        {
            return new ProblemResult(ProblemSlugs.NotFound, "Nothing of this id is here, or nothing that you may know of.");
        }

        var (subject, found) = await uses.OfAsync(grant, context.RequestAborted);
        context.Response.SetVersion(grant.LogIndex);
        context.Response.Headers.CacheControl = "no-store";
        return Results.Ok(new BreakGlassReview(Show(grant, clock.GetUtcNow()), subject, found));
    }
}
