using DataExchange.Contracts.Problems;
using DataExchange.Contracts.Records;
using DataExchange.Enforcement.Governance;
using DataExchange.Enforcement.Problems;
using DataExchange.Gateway.Commands;
using DataExchange.Gateway.Identity;
using DataExchange.Gateway.OpenApi;
using DataExchange.Gateway.Problems;
using DataExchange.Policy.Disputes;
using DataExchange.Policy.Personal;
using DataExchange.Policy.Rules;

namespace DataExchange.Gateway.Disputes;

/// <summary>Disputes between departments up the ladder of Order 809 art. 28: they consult, the data authority mediates, the people's government decides. Open for anyone to read.</summary>
public static class DisputeEndpoints
{
    private const string Path = "/v1/disputes";

    public static void MapDisputes(this IEndpointRouteBuilder app)
    {
        var read = app.MapGroup(Path).WithTags("disputes").AllowAnonymous();
        read.MapGet("/", (GovernanceLedger ledger, TimeProvider clock) => List(ledger.Current, clock.GetUtcNow()))
            .WithName("ListDisputes").WithSummary("Every dispute between members.");
        read.MapGet("/{id}", Read)
            .WithName("ReadDispute").WithSummary("One dispute.")
            .Produces<DisputeView>().Fails(ProblemSlugs.NotFound);

        var disputes = app.MapGroup(Path).WithTags("disputes").RequireRoles(Roles.Steward);
        disputes.MapPost("/", (DisputeRequest request, CommandSender commands, TimeProvider clock, HttpContext context) => SendAsync(
                commands, clock, context, request,
                new OpenDispute { Respondent = request.Respondent, Matter = request.Matter, Reference = request.Reference, Ground = request.Ground }))
            .WithName("OpenDispute").WithSummary("A department has a dispute with another: the two consult.")
            .Produces<DisputeView>(201)
            .WithExample("""{ "respondent": "public-security", "matter": "Agreement", "reference": "housing-residence", "ground": "Late" }""")
            .FailsAsCommand();
        MapStep(disputes, "mediate", "MediateDispute", "A party asks the data authority to mediate.", id => new MediateDispute { Id = id });
        MapStep(disputes, "refer", "ReferDispute", "A party asks the people's government to decide.", id => new ReferDispute { Id = id });
        MapStep(disputes, "withdraw", "WithdrawDispute", "The claimant takes it back.", id => new WithdrawDispute { Id = id });
        disputes.MapPost("/{id}/settle", (string id, DisputeSettlement body, CommandSender commands, TimeProvider clock, HttpContext context) =>
                SendAsync(commands, clock, context, body, new SettleDispute { Id = id, Document = body.Document }))
            .WithName("SettleDispute").WithSummary("The claimant says that it is settled.")
            .Produces<DisputeView>().WithExample("""{ "document": "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=" }""").FailsAsCommand();
        disputes.MapPost("/{id}/decide", (string id, DisputeRuling body, CommandSender commands, TimeProvider clock, HttpContext context) =>
                SendAsync(commands, clock, context, body, new DecideDispute { Id = id, Result = body.Result, Document = body.Document }))
            .WithName("DecideDispute").WithSummary("The data authority enters the decision of the people's government.")
            .Produces<DisputeView>().WithExample("""{ "result": "ForClaimant", "document": "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=" }""").FailsAsCommand();
    }

    private static void MapStep(RouteGroupBuilder disputes, string step, string name, string summary, Func<string, DisputeStep> command) =>
        disputes.MapPost("/{id}/" + step, (string id, CommandSender commands, TimeProvider clock, HttpContext context) => SendAsync(commands, clock, context, null, command(id)))
            .WithName(name).WithSummary(summary)
            .Produces<DisputeView>().FailsAsCommand();

    private static async Task<IResult> SendAsync(CommandSender commands, TimeProvider clock, HttpContext context, object? body, DisputeCommand command)
    {
        var result = await commands.SendAsync(context, body, _ => command);
        if (result.Problem is not null)
        {
            return result.ToProblem();
        }

        var dispute = result.Rules!.Disputes.Find(result.Id!)!;
        context.Response.SetVersion(dispute.LogIndex);
        var view = Show(dispute, result.Rules, clock.GetUtcNow(), result.Receipt);
        return command is OpenDispute ? Results.Created($"{Path}/{dispute.Id}", view) : Results.Ok(view);
    }

    private static DisputeView[] List(RegionSnapshot rules, DateTimeOffset now) => [.. rules.Disputes.All.Select(dispute => Show(dispute, rules, now))];

    private static IResult Read(string id, GovernanceLedger ledger, TimeProvider clock, HttpContext context)
    {
        var rules = ledger.Current;
        if (rules.Disputes.Find(id) is not { } dispute)
        {
            return new ProblemResult(ProblemSlugs.NotFound, "There is no such dispute.");
        }

        context.Response.SetVersion(dispute.LogIndex);
        return Results.Ok(Show(dispute, rules, clock.GetUtcNow()));
    }

    private static DisputeView Show(Dispute dispute, RegionSnapshot rules, DateTimeOffset now, Receipt? receipt = null)
    {
        var due = dispute.Due(PersonalClocks.CalendarOf(rules));
        return new DisputeView
        {
            Id = dispute.Id,
            State = dispute.State,
            Claimant = dispute.Claimant,
            Respondent = dispute.Respondent,
            Matter = dispute.Matter,
            Reference = dispute.Reference,
            Ground = dispute.Ground,
            Since = dispute.Since,
            Due = due?.At,
            Overdue = due?.At <= now,
            Result = dispute.Result,
            Document = dispute.Document,
            LogIndex = dispute.LogIndex,
            Receipt = receipt,
        };
    }
}
