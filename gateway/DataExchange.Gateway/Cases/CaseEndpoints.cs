using DataExchange.Contracts.Cases;
using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Problems;
using DataExchange.Gateway.Cases.Evidence;
using DataExchange.Gateway.Cases.Gathering;
using DataExchange.Gateway.Commands;
using DataExchange.Gateway.Identity;
using DataExchange.Gateway.OpenApi;
using DataExchange.Gateway.Problems;
using DataExchange.Policy.Cases;

namespace DataExchange.Gateway.Cases;

/// <summary>People's matters at desks: one case for everything that a matter needs, from all departments.</summary>
public static class CaseEndpoints
{
    private const int MaxLimit = 200;
    private const int DefaultLimit = 50;

    /// <summary>What an endpoint can end in that gives a command for each of several things: a version or key of one would say nothing about the others, so it takes none.</summary>
    private static readonly ProblemSlug[] OfSeveralCommands =
    [
        ProblemSlugs.RequestMalformed, ProblemSlugs.NotFound, ProblemSlugs.StateConflict, ProblemSlugs.UnsupportedMediaType, ProblemSlugs.PayloadTooLarge,
        ProblemSlugs.ActorNotAuthorised, ProblemSlugs.AuditUnavailable,
    ];

    public static void MapCases(this IEndpointRouteBuilder app)
    {
        var cases = app.MapGroup("/v1/cases").WithTags("cases");
        cases.MapPost("/", CaseOpenings.OpenAsync).RequireRoles(Roles.DeskClerk, Roles.Citizen)
            .WithName("OpenCase").WithSummary("A clerk opens a case for a person, or a person online for themselves.")
            .WithExample("""{ "matter": "rental-housing", "subject": { "scheme": "cn-resident-id", "value": "11010519491231002X" } }""")
            .Produces<CaseView>(201).FailsAsCommand();
        cases.MapGet("/", ListAsync).RequireRoles(Roles.DeskClerk, Roles.DepartmentSystem)
            .WithName("ListCases").WithSummary("The cases of the caller's department, the one with the newest change first. before is the logIndex that a page ended with.")
            .Produces<IReadOnlyList<CaseView>>().Fails(ProblemSlugs.RequestMalformed, ProblemSlugs.ActorNotAuthorised);
        cases.MapGet("/{id}", ReadAsync).RequireRoles(Roles.DeskClerk, Roles.DepartmentSystem, Roles.Citizen)
            .WithName("ReadCase").WithSummary("One case: what is answered, what is missing, and which consents that takes.")
            .Produces<CaseView>().Fails(ProblemSlugs.NotFound, ProblemSlugs.ActorNotAuthorised);
        cases.MapPost("/{id}/gather", GatherEndpoint.GatherAsync).RequireRoles(Roles.DeskClerk, Roles.DepartmentSystem)
            .WithName("GatherForCase").WithSummary("Asks every department for what is still missing, at once. With 'Accept: text/event-stream' each answer is sent as it comes.")
            .WithExample("""{ "subject": { "scheme": "cn-resident-id", "value": "11010519491231002X" }, "needs": ["residence", "income"] }""")
            .Produces<CaseGathered>(200, "application/json", GatherEndpoint.EventStream).Fails(OfSeveralCommands);
        cases.MapPost("/{id}/consents", CaseConsentEndpoints.RequestAsync).RequireRoles(Roles.DeskClerk, Roles.DepartmentSystem)
            .WithName("RequestCaseConsents").WithSummary("Asks the person for every consent that the case lacks. What was asked for already is not asked for twice.")
            .WithExample("""{ "language": "zh" }""")
            .Produces<CaseConsents>().Fails(OfSeveralCommands);
        MapStep(cases, "complete", id => new CompleteCase { Id = id }, "The matter is done: counts what it spared the person.", Roles.DeskClerk, Roles.DepartmentSystem);
        MapStep(cases, "cancel", id => new CancelCase { Id = id }, "The matter is not gone on with: from here on nothing is asked for in this case.", Roles.DeskClerk, Roles.Citizen);
        cases.MapGet("/{id}/evidence", EvidenceEndpoint.ReadAsync).RequireRoles(Roles.DeskClerk, Roles.DepartmentSystem, Roles.Citizen)
            .WithName("ReadCaseEvidence").WithSummary("The evidence pack of a completed case; 'dx evidence verify' checks it offline.")
            .Produces<EvidencePack>().Fails(ProblemSlugs.NotFound, ProblemSlugs.StateConflict, ProblemSlugs.ActorNotAuthorised, ProblemSlugs.AuditUnavailable);

        MapMine(app.MapGroup("/v1/me/cases").WithTags("me").RequireRoles(Roles.Citizen));
    }

    private static void MapMine(RouteGroupBuilder mine)
    {
        mine.MapGet("/", ListAsync)
            .WithName("ListMyCases").WithSummary("The caller's own cases, the one with the newest change first.")
            .Produces<IReadOnlyList<CaseView>>().Fails(ProblemSlugs.RequestMalformed, ProblemSlugs.ActorNotAuthorised);
        mine.MapGet("/{id}", ReadAsync)
            .WithName("ReadMyCase").WithSummary("One of the caller's own cases, with the consents that are asked of them.")
            .Produces<CaseView>().Fails(ProblemSlugs.NotFound, ProblemSlugs.ActorNotAuthorised);
        mine.MapPost("/{id}/consents", CaseConsentEndpoints.DecideAsync)
            .WithName("DecideMyCaseConsents").WithSummary("Gives or refuses the consents of one case, each by its id. Nothing is given that is not named.")
            .WithExample("""{ "decisions": [{ "consent": "6f1d2c3b4a5968778695a4b3c2d1e0ff", "give": true }] }""")
            .Produces<CaseConsents>().Fails(OfSeveralCommands);
    }

    private static void MapStep(RouteGroupBuilder cases, string step, Func<string, ChangeCase> command, string summary, params string[] roles) =>
        cases.MapPost("/{id}/" + step, (string id, CaseAccess access, CommandSender commands, TimeProvider clock, HttpContext context) => StepAsync(command(id), access, commands, clock, context))
            .RequireRoles(roles)
            .WithName(char.ToUpperInvariant(step[0]) + step[1..] + "Case").WithSummary(summary)
            .Produces<CaseView>().FailsAsCommand();

    private static async Task<IResult> ListAsync(long? before, int? limit, CaseAccess access, TimeProvider clock, HttpContext context)
    {
        if (limit is < 1 or > MaxLimit || before < 0)
        {
            return new ProblemResult(ProblemSlugs.RequestMalformed, $"limit is 1 to {MaxLimit}, and before the logIndex of a case.");
        }

        var now = clock.GetUtcNow();
        var visible = await access.ListAsync(before, limit ?? DefaultLimit, context);
        return Results.Ok<IReadOnlyList<CaseView>>([.. visible.Select(@case => CaseViews.Show(@case, now))]);
    }

    private static async Task<IResult> ReadAsync(string id, CaseAccess access, TimeProvider clock, HttpContext context)
    {
        if (await access.FindAsync(id, context) is not { } visible)
        {
            return NotThere();
        }

        context.Response.SetVersion(visible.Case.LogIndex);
        return Results.Ok(CaseViews.Show(visible, clock.GetUtcNow()));
    }

    private static async Task<IResult> StepAsync(ChangeCase command, CaseAccess access, CommandSender commands, TimeProvider clock, HttpContext context)
    {
        if (await access.FindAsync(command.Id, context) is not { } visible)
        {
            return NotThere();
        }

        var result = await commands.SendAsync(context, null, await access.SubjectOfAsync(visible.Case, context.RequestAborted), _ => command);
        if (result.Problem is not null)
        {
            return result.ToProblem();
        }

        var changed = result.Rules!.Cases.Find(command.Id)!;
        context.Response.SetVersion(changed.LogIndex);
        return Results.Ok(CaseViews.Show(changed, visible.Matter.Matter, result.Rules, clock.GetUtcNow(), result.Receipt));
    }

    internal static ProblemResult NotThere() => new(ProblemSlugs.NotFound, "There is no such case.");
}
