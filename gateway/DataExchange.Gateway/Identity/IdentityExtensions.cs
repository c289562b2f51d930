using DataExchange.Gateway.DevelopmentAuthority;
using DataExchange.Gateway.Profile;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.Identity.Web;
using Microsoft.IdentityModel.Tokens;

namespace DataExchange.Gateway.Identity;

public static class IdentityExtensions
{
    /// <summary>Access tokens by Microsoft.Identity.Web, whichever authority issues them.</summary>
    public static void AddIdentity(this WebApplicationBuilder builder, ProfileOptions profile)
    {
        var identity = profile.DevelopmentAuthority.Enabled ? DevelopmentIdentity.For(profile.DevelopmentAuthority) : profile.Identity;
        builder.Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddMicrosoftIdentityWebApi(
            bearer => Believe(bearer, identity, profile),
            application =>
            {
                application.Instance = identity.Instance!;
                application.TenantId = identity.TenantId;
                application.ClientId = identity.ClientId;
            });
        if (profile.DevelopmentAuthority.Enabled)
        {
            builder.Services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
                .Configure<DevelopmentKeys>((bearer, keys) => keys.Trust(bearer));
        }

        builder.Services.AddAuthorization();
        builder.Services.AddSingleton<IPolicyEvaluator, CallerPolicyEvaluator>();
        builder.Services.AddSingleton<TokenCache>(services => new TokenCache(services.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton<IAuthorizationMiddlewareResultHandler, RefusalWriter>();
    }

    /// <summary>Says who calls, then holds each endpoint's demands against that.</summary>
    public static void UseIdentity(this WebApplication app)
    {
        // The stock authentication middleware would let every scheme that handles requests (the development authority is one) look
        // at every exchange. This property is how the host knows not to add it.
        ((IApplicationBuilder)app).Properties["__AuthenticationMiddlewareSet"] = true;
        app.UseMiddleware<TokenAuthenticationMiddleware>();
        app.UseAuthorization();
    }

    private static void Believe(JwtBearerOptions bearer, IdentityOptions identity, ProfileOptions profile)
    {
        bearer.MapInboundClaims = false;
        bearer.TokenValidationParameters.RoleClaimType = TokenClaims.Roles;
        bearer.TokenValidationParameters.NameClaimType = "sub";
        bearer.TokenValidationParameters.ValidAudience = identity.Audience ?? identity.ClientId;
        bearer.TokenValidationParameters.ValidTypes = identity.TokenTypes.Count > 0 ? identity.TokenTypes : ["at+jwt"];
        // Asymmetric only: a public key must never be taken for an HMAC secret, nor "none" for a signature.
        bearer.TokenValidationParameters.ValidAlgorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.EcdsaSha256];
        bearer.TokenValidationParameters.ClockSkew = TimeSpan.FromSeconds(30);
        if (profile.DevelopmentAuthority.Enabled)
        {
            // Set here, before Microsoft.Identity.Web would put its own in, which believes only Entra ID's issuers.
            bearer.RequireHttpsMetadata = false;
            bearer.TokenValidationParameters.IssuerValidator = DevelopmentIdentity.IssuerValidator(profile.DevelopmentAuthority);
        }
    }
}
