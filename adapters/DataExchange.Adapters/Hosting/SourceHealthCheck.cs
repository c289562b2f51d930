using System.Text.Json;
using DataExchange.Adapters.Records;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DataExchange.Adapters.Hosting;

/// <summary>Readiness: 200 when the source can be asked, degraded or not, and 503 when it cannot; the body says why.</summary>
internal sealed class SourceHealthCheck(IRecordSource source) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var health = await source.CheckAsync(cancellationToken);
        var status = health.State switch
        {
            SourceState.Ready => HealthStatus.Healthy,
            SourceState.Degraded => HealthStatus.Degraded,
            _ => HealthStatus.Unhealthy,
        };
        return new HealthCheckResult(status, data: health.Details.ToDictionary(detail => detail.Key, detail => (object)detail.Value));
    }

    public static async Task WriteAsync(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "application/json";
        await using var writer = new Utf8JsonWriter(context.Response.BodyWriter);
        writer.WriteStartObject();
        writer.WriteString("status", report.Status switch
        {
            HealthStatus.Healthy => "ready",
            HealthStatus.Degraded => "degraded",
            _ => "unavailable",
        });
        writer.WriteStartObject("details");
        foreach (var (part, detail) in report.Entries.Values.SelectMany(entry => entry.Data))
        {
            writer.WriteString(part, detail.ToString());
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
