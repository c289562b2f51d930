using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace DataExchange.Gateway.DevelopmentAuthority;

/// <summary>
/// The authority's keys, made anew at every start: its tokens do not outlive the process. Handed to the token check directly, so
/// that a request with a token never waits for a request to ourselves.
/// </summary>
public sealed class DevelopmentKeys : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public DevelopmentKeys() => Signing = new ECDsaSecurityKey(_key) { KeyId = "development-" + RandomNumberGenerator.GetHexString(8, lowercase: true) };

    public ECDsaSecurityKey Signing { get; }

    /// <summary>OpenIddict insists on one for the tokens that it keeps for itself; access tokens are not encrypted.</summary>
    public SymmetricSecurityKey Encryption { get; } = new(RandomNumberGenerator.GetBytes(32));

    /// <summary>Makes the token check believe these keys and no others.</summary>
    public void Trust(JwtBearerOptions bearer) =>
        bearer.ConfigurationManager = new StaticConfigurationManager<OpenIdConnectConfiguration>(new OpenIdConnectConfiguration { SigningKeys = { Signing } });

    public void Dispose() => _key.Dispose();
}
