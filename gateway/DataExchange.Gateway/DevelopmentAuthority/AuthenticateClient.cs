using System.Security.Cryptography;
using System.Text;
using DataExchange.Gateway.Profile;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace DataExchange.Gateway.DevelopmentAuthority;

/// <summary>Every client that acts for a department proves itself with the demo secret, whichever grant it uses.</summary>
public sealed class AuthenticateClient : IOpenIddictServerHandler<ValidateTokenRequestContext>
{
    private static readonly byte[] Secret = Encoding.UTF8.GetBytes(ProfileValidator.DemoSecret);

    public ValueTask HandleAsync(ValidateTokenRequestContext context)
    {
        var client = DevelopmentAccount.Clients.GetValueOrDefault(context.ClientId ?? "");
        var isPublic = client is { Role: null };
        if (client is null || (!isPublic && !IsDemoSecret(context.ClientSecret)))
        {
            context.Reject(OpenIddictConstants.Errors.InvalidClient, "The client is unknown or its secret is wrong.");
        }

        return ValueTask.CompletedTask;
    }

    internal static bool IsDemoSecret(string? secret) =>
        secret is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(secret), Secret);
}
