using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace DataExchange.Witness.Telemetry;

/// <summary>What a witness as a process of its own logs and exports.</summary>
internal static class TelemetryExtensions
{
    /// <summary>The OpenTelemetry specification's own variable; a configuration key of the same name does as well.</summary>
    public const string EndpointKey = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Metrics and logs by OTLP where an endpoint is named.</summary>
    public static void AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        if (string.IsNullOrEmpty(configuration[EndpointKey]))
        {
            return;
        }

        services.AddSingleton(configuration);
        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("data-exchange-witness"))
            .WithLogging()
            .WithMetrics(metrics => metrics
                .AddMeter(WitnessMetrics.MeterName, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel")
                .AddRuntimeInstrumentation())
            .UseOtlpExporter();
    }

    /// <summary>One line of JSON an event, on the standard output; a key in it can be copied as it stands.</summary>
    public static void AddConsole(this ILoggingBuilder logging, IConfiguration configuration) => logging
        .AddFilter("Microsoft", LogLevel.Warning)
        .AddConfiguration(configuration.GetSection("Logging"))
        .AddJsonConsole(console => console.JsonWriterOptions = new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
