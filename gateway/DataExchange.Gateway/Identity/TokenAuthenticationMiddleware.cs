using System.Globalization;
using System.Security.Claims;
using DataExchange.Policy.Decisions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.Tokens;

namespace DataExchange.Gateway.Identity;

/// <summary>
/// Finds out who calls. A token seen before is known by its hash; any other is validated by Microsoft.Identity.Web. Refuses nobody:
/// what an endpoint asks of its caller is on the endpoint, and a request that came out of here without a caller fails it.
/// </summary>
public sealed class TokenAuthenticationMiddleware(RequestDelegate next, TokenCache cache)
{
    private const string Bearer = "Bearer ";

    public Task InvokeAsync(HttpContext context)
    {
        var header = context.Request.Headers.Authorization;
        if (header.Count == 0)
        {
            return next(context);
        }

        // Two Authorization headers are two callers; which of them is meant is not for us to guess.
        if (header.Count > 1 || header[0] is not { } value || !value.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            context.Features.Set(TokenRejection.Unreadable);
            return next(context);
        }

        var hash = TokenHash.Of(value.AsSpan(Bearer.Length));
        if (cache.TryGet(hash, out var caller))
        {
            Admit(context, caller);
            return next(context);
        }

        return ValidateAsync(context, hash);
    }

    private async Task ValidateAsync(HttpContext context, TokenHash hash)
    {
        var result = await context.AuthenticateAsync(JwtBearerDefaults.AuthenticationScheme);
        if (result.Succeeded && TokenClaims.ToActor(result.Principal) is { } actor && ExpiryOf(result.Principal) is { } expires)
        {
            var caller = new Caller(result.Principal, actor, TokenClaims.ToSubject(result.Principal), expires);
            cache.Add(hash, caller);
            Admit(context, caller);
        }
        else
        {
            context.Features.Set(result.Failure is SecurityTokenExpiredException ? TokenRejection.Expired : TokenRejection.Unverified);
        }

        await next(context);
    }

    private static void Admit(HttpContext context, Caller caller)
    {
        context.User = caller.Principal;
        context.Features.Set(caller);
        context.Features.Set(WithCertificate(caller.Actor, context));
    }

    private static Actor WithCertificate(Actor actor, HttpContext context) =>
        context.Connection.ClientCertificate is { } certificate
            ? actor with { Presented = CertificateThumbprint.Of(certificate) }
            : actor;

    private static DateTimeOffset? ExpiryOf(ClaimsPrincipal principal) =>
        long.TryParse(principal.FindFirstValue("exp"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
}
