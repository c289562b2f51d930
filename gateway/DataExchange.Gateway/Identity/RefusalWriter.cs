using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Problems;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace DataExchange.Gateway.Identity;

/// <summary>Turns the framework's challenge and forbid into problems with a stable code (and RFC 6750's header).</summary>
public sealed class RefusalWriter : IAuthorizationMiddlewareResultHandler
{
    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded)
        {
            return next(context);
        }

        if (authorizeResult.Forbidden && !AuthorizationExtensions.HoldsBinding(context))
        {
            context.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
            return context.WriteProblemAsync(ProblemSlugs.TokenBindingMismatch, "Connect with the client certificate that the token was issued to.");
        }

        if (authorizeResult.Forbidden)
        {
            return context.WriteProblemAsync(ProblemSlugs.ActorNotAuthorised, "The token's roles do not allow this.");
        }

        if (context.Features.Get<TokenRejection>() is { } rejection)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
            return context.WriteProblemAsync(ProblemSlugs.TokenInvalid, rejection.Detail);
        }

        context.Response.Headers.WWWAuthenticate = "Bearer";
        return context.WriteProblemAsync(ProblemSlugs.TokenMissing, "Send an Authorization header with 'Bearer' and an access token.");
    }
}
