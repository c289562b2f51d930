using System.Text.Json;

namespace DataExchange.Policy.Model;

/// <summary>A department.</summary>
public sealed record Member
{
    /// <summary>Lower-case letters, digits and hyphens.</summary>
    public required string Code { get; init; }
    public required LocalizedText Names { get; init; }
    /// <summary>JWKS (RFC 7517) with the member's EC P-256 public keys.</summary>
    public required JsonElement Keys { get; init; }
    public required IReadOnlyList<ClientRegistration> Clients { get; init; }
    /// <summary>True for the one member that co-signs agreements over sensitive fields.</summary>
    public bool DataAuthority { get; init; }
}

/// <summary>A client of the identity provider that acts for a member.</summary>
/// <param name="ClientId">As the token's <c>azp</c>/<c>client_id</c>/<c>appid</c> says.</param>
/// <param name="CertificateThumbprint">SHA-256 of the client certificate, base64url, where tokens are bound to it.</param>
public sealed record ClientRegistration(string ClientId, string? CertificateThumbprint = null);
