using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DataExchange.Gateway.Health;

public static class HealthExtensions
{
    public static void AddHealth(this WebApplicationBuilder builder) => builder.Services.AddHealthChecks()
        .AddCheck<LogsHealthCheck>("logs")
        .AddCheck<WitnessesHealthCheck>("witnesses")
        .AddCheck<ScrubHealthCheck>("scrub")
        .AddCheck<VaultHealthCheck>("vault")
        .AddCheck<AnomaliesHealthCheck>("anomalies")
        .AddCheck<ProvidersHealthCheck>("providers");

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        var health = app.MapGroup("/health").WithTags("health").AllowAnonymous();
        health.MapGet("/live", () => Results.Text("live")).WithName("Live").WithSummary("The process answers.");
        health.MapGet("/ready", ReadyAsync).WithName("Ready").WithSummary("Whether exchanges can be made, with the state of each part.")
            .Produces<HealthAnswer>().Produces<HealthAnswer>(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<IResult> ReadyAsync(HealthCheckService checks, HttpResponse response, CancellationToken cancellationToken)
    {
        var report = await checks.CheckHealthAsync(cancellationToken);
        var ready = report.Status != HealthStatus.Unhealthy;
        response.Headers.CacheControl = "no-store";
        return Results.Json(
            new HealthAnswer(
                ready ? "ready" : "unready",
                report.Entries.ToDictionary(entry => entry.Key, entry => new HealthDetail(entry.Value.Status.ToString(), entry.Value.Description, entry.Value.Data))),
            statusCode: ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
