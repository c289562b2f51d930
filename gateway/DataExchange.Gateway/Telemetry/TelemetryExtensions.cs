using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace DataExchange.Gateway.Telemetry;

public static class TelemetryExtensions
{
    /// <summary>The OpenTelemetry specification's own variable; a configuration key of the same name does as well.</summary>
    public const string EndpointKey = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>
    /// Traces, metrics and logs by OTLP where an endpoint is named. Elsewhere nothing listens, so that no exchange pays for spans
    /// that nobody reads. Either way, log lines that would show request paths are off.
    /// </summary>
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        builder.Services.PostConfigure<LoggerFilterOptions>(PathPrintingLogs.Silence);
        if (string.IsNullOrEmpty(builder.Configuration[EndpointKey]))
        {
            return;
        }

        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("data-exchange-gateway"))
            .WithLogging()
            .WithMetrics(metrics => metrics
                .AddMeter("DataExchange.*", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Polly")
                .AddRuntimeInstrumentation())
            .WithTracing(traces => traces
                .AddSource("DataExchange.*")
                .AddAspNetCoreInstrumentation(http => http.RecordException = false)
                .AddHttpClientInstrumentation()
                .AddProcessor(new SubjectRedaction()))
            .UseOtlpExporter();
    }
}
