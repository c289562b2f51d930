using System.Text.Json;
using DataExchange.Contracts;
using DataExchange.Contracts.Problems;
using DataExchange.Contracts.Scorecards;
using DataExchange.Enforcement.Governance;
using DataExchange.Enforcement.Problems;
using DataExchange.Enforcement.Scorecards;
using DataExchange.Gateway.Commands;
using DataExchange.Gateway.Identity;
using DataExchange.Gateway.OpenApi;
using DataExchange.Gateway.Problems;
using DataExchange.Policy.Scorecards;

namespace DataExchange.Gateway.Scorecards;

/// <summary>Scorecards of departments, for everybody; of officials, and the facts behind both, for reviewers. There is none of a citizen.</summary>
public static class ScorecardEndpoints
{
    private const string Lines = "application/x-ndjson";

    public static void MapScorecards(this IEndpointRouteBuilder app)
    {
        var cards = app.MapGroup("/v1/scorecards").WithTags("scorecards");
        cards.MapGet("/", (GovernanceLedger ledger) => Results.Ok<IReadOnlyList<Scorecard>>([.. ledger.Current.Scorecards])).AllowAnonymous()
            .WithName("ListScorecards").WithSummary("Every published scorecard, the oldest month first. Open to everybody.")
            .Produces<IReadOnlyList<Scorecard>>();
        cards.MapGet("/{period}", Read).AllowAnonymous()
            .WithName("ReadScorecard").WithSummary("The published scorecard of a month, as it stands in the governance log. Open to everybody.")
            .Produces<Scorecard>().Fails(ProblemSlugs.NotFound);
        cards.MapPost("/", PublishAsync).RequireRoles(Roles.Reviewer, Roles.Operator)
            .WithName("PublishScorecard").WithSummary("Counts a month that is over, and publishes its scorecard for good.")
            .WithExample("""{ "period": "2026-10" }""")
            .Produces<Scorecard>(StatusCodes.Status201Created).FailsAsCommand();

        var audit = app.MapGroup("/v1/audit/scorecards/{period}").WithTags("audit");
        audit.MapGet("/", CountAsync).RequireRoles(Roles.Reviewer)
            .WithName("CountScorecard").WithSummary("The scorecard of a month counted now, also while the month runs.")
            .Produces<Scorecard>().Fails(ProblemSlugs.RequestMalformed, ProblemSlugs.ActorNotAuthorised, ProblemSlugs.AuditUnavailable);
        audit.MapGet("/officials", CountOfficialsAsync).RequireRoles(Roles.Reviewer)
            .WithName("CountOfficials").WithSummary("The same month by officials.")
            .Produces<IReadOnlyList<OfficialScorecard>>().Fails(ProblemSlugs.RequestMalformed, ProblemSlugs.ActorNotAuthorised, ProblemSlugs.AuditUnavailable);
        audit.MapGet("/facts", Facts).RequireRoles(Roles.Reviewer)
            .WithName("ExportScorecardFacts").WithSummary("The sealed entries that a month's figures rest on, opened: a line of JSON each, for dx scorecard --facts.")
            .Produces(StatusCodes.Status200OK, contentType: Lines).Fails(ProblemSlugs.RequestMalformed, ProblemSlugs.ActorNotAuthorised, ProblemSlugs.AuditUnavailable);
    }

    private static IResult Read(string period, GovernanceLedger ledger) => ledger.Current.FindScorecard(period) is { } card
        ? Results.Ok(card)
        : new ProblemResult(ProblemSlugs.NotFound, "No scorecard is published for this month.");

    private static async Task<IResult> PublishAsync(ScorecardOrder order, ScorecardReader reader, CommandSender commands, GovernanceLedger ledger, TimeProvider clock, HttpContext context)
    {
        if (!ScorecardPeriod.TryParse(order.Period, out var period))
        {
            return NoPeriod();
        }

        // Counting takes its time: not for a month that cannot be published. The command looks again.
        var isDue = ledger.Current.FindScorecard(order.Period) is null && clock.GetUtcNow().ToUnixTimeMilliseconds() >= period.EndMs;
        var card = isDue
            ? (await reader.CountAsync(period, context.RequestAborted)).Card
            : new ScorecardCount(period).ToScorecard(new ScorecardRange(0, 0), new ScorecardRange(0, 0));
        var result = await commands.SendAsync(context, order, _ => new PublishScorecard { Card = card });
        return result.Problem is null ? Results.Created($"/v1/scorecards/{order.Period}", result.Rules!.FindScorecard(order.Period)!) : result.ToProblem();
    }

    private static async Task<IResult> CountAsync(string period, ScorecardReader reader, CancellationToken cancellationToken) =>
        ScorecardPeriod.TryParse(period, out var month) ? Results.Ok((await reader.CountAsync(month, cancellationToken)).Card) : NoPeriod();

    private static async Task<IResult> CountOfficialsAsync(string period, ScorecardReader reader, CancellationToken cancellationToken) =>
        ScorecardPeriod.TryParse(period, out var month) ? Results.Ok((await reader.CountAsync(month, cancellationToken)).Officials) : NoPeriod();

    private static IResult Facts(string period, ScorecardReader reader, HttpContext context)
    {
        if (!ScorecardPeriod.TryParse(period, out var month))
        {
            return NoPeriod();
        }

        context.Response.Headers.CacheControl = "no-store";
        return Results.Stream(
            async output =>
            {
                await foreach (var fact in reader.FactsAsync(month, context.RequestAborted))
                {
                    await JsonSerializer.SerializeAsync(output, fact, ContractsJsonContext.Default.ScorecardFact, context.RequestAborted);
                    await output.WriteAsync("\n"u8.ToArray(), context.RequestAborted);
                }
            },
            Lines);
    }

    private static ProblemResult NoPeriod() => new(ProblemSlugs.RequestMalformed, "period is a month, for instance 2026-11.");
}

/// <summary>Body of <c>POST /v1/scorecards</c>.</summary>
/// <param name="Period">The month, for instance <c>2026-10</c>.</param>
public sealed record ScorecardOrder(string Period);
