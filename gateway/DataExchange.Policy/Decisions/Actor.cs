using System.Text.Json.Serialization;

namespace DataExchange.Policy.Decisions;

/// <summary>Who asks, as the token says.</summary>
public sealed record Actor
{
    /// <summary>The token's client id.</summary>
    public required string ClientId { get; init; }
    /// <summary>The user behind it, where there is one.</summary>
    public string? UserId { get; init; }
    /// <summary>For instance <c>department-system</c>, <c>desk-clerk</c>.</summary>
    public required IReadOnlyList<string> Roles { get; init; }
    /// <summary>RFC 9470: how strongly the user signed in, as the token's <c>acr</c> says. Not logged.</summary>
    [JsonIgnore]
    public string? Acr { get; init; }
    /// <summary>RFC 8705: SHA-256 of the certificate that the token is bound to, base64url.</summary>
    public string? BoundTo { get; init; }
    /// <summary>SHA-256 of the certificate presented, base64url.</summary>
    public string? Presented { get; init; }
}
