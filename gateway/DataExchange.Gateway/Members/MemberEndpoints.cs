using DataExchange.Contracts.Members;
using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Governance;
using DataExchange.Enforcement.Problems;
using DataExchange.Gateway.Commands;
using DataExchange.Gateway.Identity;
using DataExchange.Gateway.OpenApi;
using DataExchange.Gateway.Problems;
using DataExchange.Policy.Members;

namespace DataExchange.Gateway.Members;

/// <summary>
/// The departments: who they are, whom to believe in their name, and who may act for them. A member replaces its own keys and clients with a
/// signature of its own; everything else about a member is decided by the members together (<c>/v1/proposals</c>). Reading is open to anyone,
/// for a stranger verifies signatures with it.
/// </summary>
public static class MemberEndpoints
{
    public static void MapMembers(this IEndpointRouteBuilder app)
    {
        var members = app.MapGroup("/v1/members").WithTags("members");
        members.MapGet("/", List).AllowAnonymous()
            .WithName("ListRegionMembers").WithSummary("Every member, suspended ones included.")
            .Produces<IReadOnlyList<MemberView>>();
        members.MapGet("/{code}", Read).AllowAnonymous()
            .WithName("ReadMember").WithSummary("One member: its keys as a JWKS, its clients, and where it stands.")
            .Produces<MemberView>().Fails(ProblemSlugs.NotFound);
        members.MapGet("/{code}/history", History).AllowAnonymous()
            .WithName("ReadMemberHistory").WithSummary("The governance entries about a member, oldest first.")
            .Produces<IReadOnlyList<MemberHistoryEntry>>().Fails(ProblemSlugs.NotFound);
        members.MapPost("/{code}/keys", RotateAsync).RequireRoles(Roles.Steward)
            .WithName("RotateKeys").WithSummary("A member replaces its own keys.")
            .Produces<MemberView>()
            .WithExample("""
                {
                  "keys": { "keys": [{ "kty": "EC", "crv": "P-256", "kid": "2026-b", "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0" }] },
                  "signature": "eyJhbGciOiJFUzI1NiIsImtpZCI6ImVkdWNhdGlvbi8yMDI2LWEifQ.eyJrZXlzIjoi4oCmIn0.47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"
                }
                """)
            .FailsAsCommand(ProblemSlugs.PreconditionRequired);
        members.MapPut("/{code}/clients", SetClientsAsync).RequireRoles(Roles.Steward)
            .WithName("SetClients").WithSummary("A member says which clients act for it; a client that the list does not name acts for nobody from then on.")
            .Produces<MemberView>()
            .WithExample("""
                {
                  "clients": [{ "clientId": "education-steward" }, { "clientId": "education-system", "certificateThumbprint": "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU" }],
                  "signature": "eyJhbGciOiJFUzI1NiIsImtpZCI6ImVkdWNhdGlvbi8yMDI2LWEifQ.eyJjbGllbnRzIjoi4oCmIn0.47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"
                }
                """)
            .FailsAsCommand(ProblemSlugs.PreconditionRequired);
    }

    private static IResult List(GovernanceLedger ledger) => Results.Ok<IReadOnlyList<MemberView>>(
        [.. ledger.Current.Membership.All.OrderBy(entry => entry.Member.Code, StringComparer.Ordinal).Select(entry => MemberViews.Show(entry))]);

    private static IResult Read(string code, GovernanceLedger ledger, HttpContext context)
    {
        if (ledger.Current.Membership.Find(code) is not { } entry)
        {
            return NotFound();
        }

        context.Response.SetVersion(entry.LogIndex);
        return Results.Ok(MemberViews.Show(entry));
    }

    private static IResult History(string code, GovernanceLedger ledger)
    {
        var rules = ledger.Current;
        return rules.Membership.Find(code) is { } entry ? Results.Ok(MemberViews.History(entry, rules)) : NotFound();
    }

    private static async Task<IResult> RotateAsync(string code, KeyRotation body, CommandSender commands, HttpContext context) =>
        context.Request.DemandVersion() as IResult
        ?? Answer(await commands.SendAsync(context, body, _ => new RotateKeys { Code = code, Keys = body.Keys, Signature = body.Signature }), context);

    private static async Task<IResult> SetClientsAsync(string code, ClientsChange body, CommandSender commands, HttpContext context) =>
        context.Request.DemandVersion() as IResult
        ?? Answer(await commands.SendAsync(context, body, _ => new SetClients { Code = code, Clients = body.Clients, Signature = body.Signature }), context);

    private static IResult Answer(CommandResult result, HttpContext context)
    {
        if (result.Problem is not null)
        {
            return result.ToProblem();
        }

        var entry = result.Rules!.Membership.Find(result.Id!)!;
        context.Response.SetVersion(entry.LogIndex);
        return Results.Ok(MemberViews.Show(entry, result.Receipt));
    }

    private static ProblemResult NotFound() => new(ProblemSlugs.NotFound, "There is no such member.");
}
