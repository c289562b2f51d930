using System.Security.Claims;
using DataExchange.Contracts.Records;
using DataExchange.Policy.Decisions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Http.Features;

namespace DataExchange.Gateway.Identity;

/// <summary>What one validated token says. Immutable, so that every request with the same token can share it.</summary>
/// <param name="Principal">All claims.</param>
/// <param name="Actor">Who asks, as the rules see it; no certificate presented yet.</param>
/// <param name="Subject">The person the token speaks for: a citizen; null for everyone else.</param>
/// <param name="Expires">The token's <c>exp</c>.</param>
public sealed record Caller(ClaimsPrincipal Principal, Actor Actor, SubjectRef? Subject, DateTimeOffset Expires)
{
    /// <summary>The same in the framework's words.</summary>
    public Task<AuthenticateResult> Authenticated { get; } =
        Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(Principal, JwtBearerDefaults.AuthenticationScheme)));
}

public static class CallerExtensions
{
    /// <summary>Who calls, on an endpoint that demands a token.</summary>
    public static Caller Caller(this HttpContext context) => context.Features.GetRequiredFeature<Caller>();
}
