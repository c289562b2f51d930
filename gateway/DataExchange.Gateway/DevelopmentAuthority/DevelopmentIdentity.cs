using DataExchange.Gateway.Profile;
using Microsoft.IdentityModel.Tokens;

namespace DataExchange.Gateway.DevelopmentAuthority;

/// <summary>How the gateway believes the authority in its own process.</summary>
public static class DevelopmentIdentity
{
    /// <summary>What the authority's tokens say under <c>aud</c>.</summary>
    public const string Audience = "data-exchange";

    /// <summary>Splits the issuer as Microsoft.Identity.Web puts an authority together: <c>{Instance}/{TenantId}/v2.0</c>.</summary>
    public static IdentityOptions For(DevelopmentAuthorityOptions authority)
    {
        var issuer = new Uri(authority.Issuer);
        return new IdentityOptions
        {
            Instance = issuer.GetLeftPart(UriPartial.Authority) + "/",
            TenantId = Path(authority)[..^"/v2.0".Length],
            ClientId = Audience,
        };
    }

    /// <summary>The issuer's path without slashes at the ends: <c>dev/v2.0</c>.</summary>
    public static string Path(DevelopmentAuthorityOptions authority) => new Uri(authority.Issuer).AbsolutePath.Trim('/');

    /// <summary>Exactly the one issuer.</summary>
    public static IssuerValidator IssuerValidator(DevelopmentAuthorityOptions authority) =>
        (issuer, _, _) => string.Equals(issuer, authority.Issuer, StringComparison.Ordinal)
            ? issuer
            : throw new SecurityTokenInvalidIssuerException("The issuer is not the development authority.") { InvalidIssuer = issuer };
}
