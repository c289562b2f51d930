using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Governance;
using DataExchange.Gateway.Commands;
using DataExchange.Gateway.Identity;
using DataExchange.Gateway.Problems;
using DataExchange.Policy.Notifications;

namespace DataExchange.Gateway.Notifications;

/// <summary>What a person should know of, and what waits for their answer.</summary>
public static class NotificationEndpoints
{
    public static void MapNotifications(this IEndpointRouteBuilder app) =>
        app.MapGet("/v1/me/notifications", ReadAsync).WithTags("me").RequireRoles(Roles.Citizen)
            .WithName("ReadMyNotifications").WithSummary("What happened in the caller's own matters, and what waits for their answer.")
            .Produces<IReadOnlyList<Notification>>().Fails(ProblemSlugs.ActorNotAuthorised, ProblemSlugs.AuditUnavailable);

    private static async Task<IResult> ReadAsync(CommandSender commands, GovernanceLedger ledger, TimeProvider clock, HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        var by = await commands.PartyAsync(context);
        return Results.Ok(by.Self == default ? [] : NotificationFeed.Of(by.Self, ledger.Current, clock.GetUtcNow()));
    }
}
