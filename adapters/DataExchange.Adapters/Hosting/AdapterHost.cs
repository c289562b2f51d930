using System.Diagnostics.Metrics;
using DataExchange.Adapters.Questions;
using DataExchange.Adapters.Receipts;
using DataExchange.Adapters.Records;
using DataExchange.Contracts.Providers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DataExchange.Adapters.Hosting;

/// <summary>Builds the web application of one adapter around a source: the query endpoint, health, limits and problems.</summary>
public static class AdapterHost
{
    /// <summary>The meter of every adapter metric.</summary>
    public const string MeterName = "DataExchange.Adapters";

    /// <summary>Builds it; the caller starts, stops and disposes it. Reads no file, no environment variable and no command line.</summary>
    /// <param name="options">The log key and the limits.</param>
    /// <param name="source">Opens the back end. Called once, when the application starts; the application disposes what it returns.</param>
    /// <param name="hosting">Where to listen and what to log; by default any free port of the loopback, and nothing.</param>
    public static WebApplication Build(AdapterOptions options, Func<SourceContext, IRecordSource> source, AdapterHosting? hosting = null)
    {
        hosting ??= new AdapterHosting();

        // The empty builder: a guest must not pick up its host's settings files, urls or environment.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        hosting.Logging?.Invoke(builder.Logging);
        builder.WebHost.UseKestrel(kestrel => Harden(kestrel, options, hosting));
        builder.WebHost.UseUrls([.. hosting.Urls]);
        builder.Services.AddRoutingCore();
        builder.Services.AddMetrics();
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(hosting.Clock);
        builder.Services.AddSingleton(new IntentCheck(options.Log, hosting.Clock));
        builder.Services.AddSingleton(services => source(new SourceContext(
            services.GetRequiredService<ILoggerFactory>(), services.GetRequiredService<IMeterFactory>(), hosting.Clock)));
        builder.Services.AddSingleton<AdapterMetrics>();
        builder.Services.AddSingleton<QuestionHandler>();
        builder.Services.AddHostedService<SourceStart>();
        if (!hosting.OwnsProcess)
        {
            builder.Services.AddSingleton<IHostLifetime, GuestLifetime>();
        }

        builder.Services.AddHealthChecks().AddCheck<SourceHealthCheck>("source");

        var app = builder.Build();
        app.Use(Unanswered.AsProblemAsync);
        app.UseRouting();
        app.MapPost(ProviderProtocol.QueryPath, app.Services.GetRequiredService<QuestionHandler>().HandleAsync);
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = SourceHealthCheck.WriteAsync });
        return app;
    }

    private static void Harden(KestrelServerOptions kestrel, AdapterOptions options, AdapterHosting hosting)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = options.MaxRequestBytes;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        if (hosting.Kestrel is { } section)
        {
            kestrel.Configure(section);
        }
    }

    /// <summary>Leaves the process's signals to whom the process belongs.</summary>
    private sealed class GuestLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    /// <summary>Starts the source before the server listens.</summary>
    private sealed class SourceStart(IRecordSource source) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => source.StartAsync(cancellationToken).AsTask();

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
