using DataExchange.Contracts.Problems;
using DataExchange.Contracts.Providers;
using Microsoft.AspNetCore.Http;

namespace DataExchange.Adapters.Questions;

/// <summary>Gives what no endpoint took a problem of its own.</summary>
internal static class Unanswered
{
    public static async Task AsProblemAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        if (context.Response.HasStarted || context.Response.ContentLength is not null || context.Response.ContentType is not null)
        {
            return;
        }

        switch (context.Response.StatusCode)
        {
            // Not not-found: to the gateway that code means an unknown subject, and a wrong base address must not look like one.
            case StatusCodes.Status404NotFound:
                await Problems.WriteAsync(context, ProblemSlugs.RequestMalformed, $"Nothing is served here; questions go to POST {ProviderProtocol.QueryPath}.");
                break;
            case StatusCodes.Status405MethodNotAllowed:
                await Problems.WriteAsync(context, ProblemSlugs.MethodNotAllowed, $"Questions go to POST {ProviderProtocol.QueryPath}.");
                break;
            default:
                break;
        }
    }
}
