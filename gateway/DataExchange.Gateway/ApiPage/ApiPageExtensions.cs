using DataExchange.Gateway.OpenApi;
using Scalar.AspNetCore;

namespace DataExchange.Gateway.ApiPage;

public static class ApiPageExtensions
{
    // The page's script is served from here, and may fetch nothing from elsewhere whatever a later version of it would like.
    private const string OnlyFromHere =
        "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; " +
        "connect-src 'self'; worker-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>A page at <c>/api</c> to read the API description and to try it.</summary>
    public static void MapApiPage(this IEndpointRouteBuilder app)
    {
        var page = app.MapScalarApiReference("/api", scalar =>
        {
            scalar.Title = "DataExchange API";
            scalar.OpenApiRoutePattern = $"/openapi/{OpenApiExtensions.DocumentName}.json";
            scalar.DefaultFonts = false;
            scalar.Telemetry = false;
            scalar.HideClientButton = true;
            scalar.ShowDeveloperTools = DeveloperToolsVisibility.Never;
            scalar.Agent = new ScalarAgentOptions { Disabled = true };
            scalar.Mcp = new ScalarMcpOptions { Disabled = true };
        });
        page.AllowAnonymous().AddEndpointFilter(static (context, next) =>
        {
            context.HttpContext.Response.Headers.ContentSecurityPolicy = OnlyFromHere;
            return next(context);
        });
    }
}
