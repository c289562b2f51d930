using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Infrastructure;
using Microsoft.AspNetCore.Authorization.Policy;

namespace DataExchange.Gateway.Identity;

/// <summary>
/// Holds a demand against the caller that <see cref="TokenAuthenticationMiddleware"/> has found. Nobody is authenticated twice, and
/// the demand that every exchange makes, a verified token, needs no more than a look. All other demands go the framework's way.
/// </summary>
public sealed class CallerPolicyEvaluator(IAuthorizationService authorization) : PolicyEvaluator(authorization)
{
    private static readonly Task<AuthenticateResult> Nobody = Task.FromResult(AuthenticateResult.NoResult());
    private static readonly Task<PolicyAuthorizationResult> Granted = Task.FromResult(PolicyAuthorizationResult.Success());

    public override Task<AuthenticateResult> AuthenticateAsync(AuthorizationPolicy policy, HttpContext context) =>
        context.Features.Get<Caller>() is { } caller ? caller.Authenticated : Nobody;

    public override Task<PolicyAuthorizationResult> AuthorizeAsync(
        AuthorizationPolicy policy, AuthenticateResult authenticationResult, HttpContext context, object? resource) =>
        authenticationResult.Succeeded && policy.Requirements is [DenyAnonymousAuthorizationRequirement]
            ? Granted
            : base.AuthorizeAsync(policy, authenticationResult, context, resource);
}
