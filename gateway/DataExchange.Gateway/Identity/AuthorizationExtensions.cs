using DataExchange.Enforcement.Governance;
using DataExchange.Policy.Decisions;
using DataExchange.Policy.Rules;
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

    /// <summary>
    /// Demands a verified token and leaves the rest to the rules: an exchange is decided, and logged, whatever the roles. Named here and
    /// not left to the framework's default policy, to which Microsoft.Identity.Web adds demands of its own.
    /// </summary>
    public static TBuilder RequireToken<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.RequireAuthorization(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());

    /// <summary>Whether the token came with the certificate that it, or its client's registration, demands under the rules now.</summary>
    internal static bool HoldsBinding(HttpContext context) =>
        context.Features.Get<Actor>() is { } actor
        && SenderBinding.Holds(actor, context.RequestServices.GetRequiredService<GovernanceLedger>().Current);
}
