using DataExchange.Merkle;
using DataExchange.Witness.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DataExchange.Witness.Hosting;

/// <summary>The web application around a witness: limits, problems, paths.</summary>
internal static class WitnessServer
{
    public static WebApplication Build(WitnessSettings settings, WitnessHosting hosting)
    {
        // The empty builder: a guest must not pick up its host's settings files, urls or environment.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        hosting.Logging?.Invoke(builder.Logging);
        builder.WebHost.UseKestrel(kestrel => Harden(kestrel, hosting));
        builder.WebHost.UseUrls(settings.Listen);
        builder.WebHost.UseSetting(WebHostDefaults.SuppressStatusMessagesKey, "true"); // We say ourselves where we listen.
        builder.Services.AddRoutingCore();
        builder.Services.AddMetrics();
        if (!hosting.OwnsProcess)
        {
            builder.Services.AddSingleton<IHostLifetime, GuestLifetime>();
        }

        hosting.Services?.Invoke(builder.Services);
        return builder.Build();
    }

    public static void Map(WebApplication app, WitnessSettings settings, OpenWitness open)
    {
        var loggers = app.Services.GetRequiredService<ILoggerFactory>();
        var adding = new AddCheckpoint(settings, open.Witness, open.Metrics, loggers.CreateLogger<AddCheckpoint>());
        var monitoring = new Monitoring(settings, open.Witness, open.Verifier);
        app.UseMiddleware<ProblemMiddleware>();
        app.UseRouting();
        var witness = app.MapGroup(settings.Prefix);
        witness.MapPost("/" + WitnessPaths.AddCheckpoint, adding.HandleAsync);
        witness.MapGet("/vkey", monitoring.VkeyAsync);
        witness.MapGet("/{origin}/checkpoint", monitoring.CheckpointAsync);
        app.MapGet("/health/live", context => context.Response.WriteAsync("live"));
        app.MapGet("/health/ready", context => open.Witness.IsTrusted ? context.Response.WriteAsync("ready") : WitnessProblem.StateInDoubt.WriteAsync(context));
    }

    private static void Harden(KestrelServerOptions kestrel, WitnessHosting hosting)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = AddCheckpoint.MaxBodyBytes;
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
}
