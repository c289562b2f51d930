using DataExchange.Gateway.Profile;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace DataExchange.Gateway.DevelopmentAuthority;

public static class DevelopmentAuthorityExtensions
{
    /// <summary>OpenIddict without a store ("degraded mode"): the accounts are constants and nothing is remembered.</summary>
    public static void AddDevelopmentAuthority(this WebApplicationBuilder builder, ProfileOptions profile)
    {
        if (!profile.DevelopmentAuthority.Enabled)
        {
            return;
        }

        var path = DevelopmentIdentity.Path(profile.DevelopmentAuthority);
        builder.Services.AddSingleton<DevelopmentKeys>();
        builder.Services.AddOptions<OpenIddictServerOptions>().Configure<DevelopmentKeys>(UseKeys);
        builder.Services.AddOpenIddict().AddServer(server =>
        {
            server.SetIssuer(profile.DevelopmentAuthority.Issuer)
                .SetConfigurationEndpointUris(path + "/.well-known/openid-configuration")
                .SetJsonWebKeySetEndpointUris(path + "/.well-known/jwks")
                .SetTokenEndpointUris(path + "/token");
            server.EnableDegradedMode().AllowClientCredentialsFlow().AllowPasswordFlow().RegisterScopes("exchange").DisableAccessTokenEncryption();
            // RFC 8705 §3: whoever signs in over mutual TLS gets a token that is of no use to anyone else.
            server.UseClientCertificateBoundAccessTokens();
            server.AddEventHandler<ValidateTokenRequestContext>(handler => handler.UseSingletonHandler<AuthenticateClient>());
            server.AddEventHandler<HandleTokenRequestContext>(handler => handler.UseSingletonHandler<IssueToken>());
            server.UseAspNetCore().DisableTransportSecurityRequirement();
        });
    }

    /// <summary>Serves the authority's endpoints, and only under its own path: no exchange pays for it.</summary>
    public static void UseDevelopmentAuthority(this WebApplication app, ProfileOptions profile)
    {
        if (profile.DevelopmentAuthority.Enabled)
        {
            var path = new PathString("/" + DevelopmentIdentity.Path(profile.DevelopmentAuthority));
            app.UseWhen(context => context.Request.Path.StartsWithSegments(path), branch => branch.UseAuthentication());
        }
    }

    private static void UseKeys(OpenIddictServerOptions server, DevelopmentKeys keys)
    {
        server.SigningCredentials.Add(new(keys.Signing, Microsoft.IdentityModel.Tokens.SecurityAlgorithms.EcdsaSha256));
        server.EncryptionCredentials.Add(new(
            keys.Encryption,
            Microsoft.IdentityModel.Tokens.SecurityAlgorithms.Aes256KW,
            Microsoft.IdentityModel.Tokens.SecurityAlgorithms.Aes256CbcHmacSha512));
    }
}
