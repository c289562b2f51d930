using System.Collections.Immutable;
using System.Security.Claims;
using DataExchange.Gateway.Identity;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace DataExchange.Gateway.DevelopmentAuthority;

/// <summary>Client credentials for department systems, the password grant for demo users (curl can do both).</summary>
public sealed class IssueToken : IOpenIddictServerHandler<HandleTokenRequestContext>
{
    public ValueTask HandleAsync(HandleTokenRequestContext context)
    {
        var account = context.Request.IsPasswordGrantType()
            ? AuthenticateUser(context.Request)
            : DevelopmentAccount.Clients.GetValueOrDefault(context.Request.ClientId!);
        if (account?.Role is null)
        {
            context.Reject(Errors.InvalidGrant, "There is no such account at this client, or its password is wrong.");
            return ValueTask.CompletedTask;
        }

        context.SignIn(new ClaimsPrincipal(Identify(account, context.Request.GetScopes())));
        return ValueTask.CompletedTask;
    }

    private static DevelopmentAccount? AuthenticateUser(OpenIddictRequest request)
    {
        var user = DevelopmentAccount.FindUser(request.Username);
        return user?.Client == request.ClientId && AuthenticateClient.IsDemoSecret(request.Password) ? user : null;
    }

    private static ClaimsIdentity Identify(DevelopmentAccount account, ImmutableArray<string> scopes)
    {
        var identity = new ClaimsIdentity(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
        identity.SetClaim(Claims.Subject, account.Name);
        identity.SetClaims(TokenClaims.Roles, [account.Role!]);
        if (account.Subject is { } subject)
        {
            identity.SetClaim(TokenClaims.SubjectScheme, subject.Scheme).SetClaim(TokenClaims.SubjectId, subject.Value);
        }

        return identity.SetScopes(scopes).SetAudiences(DevelopmentIdentity.Audience).SetDestinations(static _ => [Destinations.AccessToken]);
    }
}
