using DataExchange.Gateway.Profile;
using Microsoft.AspNetCore.Authorization;

namespace DataExchange.Gateway.Identity;

/// <summary>Every endpoint says who may call it. One that says nothing would be open to all by oversight, so the gateway does not start with it.</summary>
public static class EndpointDemands
{
    /// <exception cref="StartupRefusedException">An endpoint neither demands a token nor declares itself open.</exception>
    public static void VerifyEndpointDemands(this IEndpointRouteBuilder app)
    {
        var silent = app.DataSources.SelectMany(source => source.Endpoints)
            .Where(endpoint => !endpoint.Metadata.OfType<IAuthorizeData>().Any() && !endpoint.Metadata.OfType<IAllowAnonymous>().Any())
            .Select(endpoint => $"endpoint '{endpoint.DisplayName}' neither requires authorization nor allows anonymous callers: call one of the two where it is mapped.")
            .ToArray();
        if (silent.Length > 0)
        {
            throw new StartupRefusedException(silent);
        }
    }
}
