using System.Security.Claims;
using System.Text.Json;
using DataExchange.Contracts.Records;
using DataExchange.Policy.Decisions;

namespace DataExchange.Gateway.Identity;

/// <summary>Reads what the rules need out of a validated token, by the claim names of RFC 9068 and of Microsoft Entra ID.</summary>
public static class TokenClaims
{
    public const string Roles = "roles";
    public const string SubjectScheme = "subject_scheme";
    public const string SubjectId = "subject_id";

    /// <summary>Who asks; without the certificate presented, which belongs to the connection and not to the token.</summary>
    /// <returns>Null when the token names no client: nothing could be held against an agreement.</returns>
    public static Actor? ToActor(ClaimsPrincipal token)
    {
        // azp: OpenID Connect and Entra ID v2; client_id: RFC 9068; appid: Entra ID v1.
        var client = token.FindFirstValue("azp") ?? token.FindFirstValue("client_id") ?? token.FindFirstValue("appid");
        if (string.IsNullOrEmpty(client))
        {
            return null;
        }

        return new Actor
        {
            ClientId = client,
            UserId = UserOf(token, client),
            Acr = token.FindFirstValue("acr"),
            Roles = [.. token.FindAll(Roles).Select(claim => claim.Value)],
            BoundTo = BoundCertificate(token),
        };
    }

    /// <summary>The person the token speaks for, where the authority has established who that is.</summary>
    public static SubjectRef? ToSubject(ClaimsPrincipal token) =>
        token.FindFirstValue(SubjectScheme) is { Length: > 0 } scheme && token.FindFirstValue(SubjectId) is { Length: > 0 } value
            ? new SubjectRef(scheme, value)
            : null;

    private static string? UserOf(ClaimsPrincipal token, string client)
    {
        // A client acting for itself: RFC 9068 §2.2 repeats the client as subject; Entra ID says so under idtyp.
        var subject = token.FindFirstValue("sub");
        return subject == client || token.FindFirstValue("idtyp") == "app" ? null : subject;
    }

    // RFC 8705 §3.1. A confirmation that cannot be read binds to nothing that a certificate could match, rather than to no one.
    private static string? BoundCertificate(ClaimsPrincipal token)
    {
        if (token.FindFirstValue("cnf") is not { } confirmation)
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(confirmation);
            return json.RootElement.TryGetProperty(CertificateThumbprint.Confirmation, out var thumbprint) ? thumbprint.GetString() ?? "unreadable" : "unreadable";
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return "unreadable";
        }
    }
}
