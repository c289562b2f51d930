using DataExchange.Policy.Decisions;
using Microsoft.AspNetCore.Authorization;

namespace DataExchange.Gateway.Identity;

public static class AuthorizationExtensions
{
    /// <summary>Demands a token with at least one of the roles, in the hands of whoever it was issued to.</summary>
    public static TBuilder RequireRoles<TBuilder>(this TBuilder endpoint, params string[] roles)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.RequireAuthorization(new AuthorizationPolicyBuilder()
            .RequireAuthenticatedUser()
            .RequireAssertion(context => context.Resource is HttpContext http && HoldsBinding(http))
            .RequireRole(roles)
            .Build());

    /// <summary>RFC 8705 §3: a token bound to a certificate counts only on a connection that shows the certificate.</summary>
    internal static bool HoldsBinding(HttpContext context) =>
        context.Features.Get<Actor>() is { } actor && (actor.BoundTo is null || actor.BoundTo == actor.Presented);
}
