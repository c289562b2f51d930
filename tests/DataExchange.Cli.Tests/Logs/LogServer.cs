using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace DataExchange.Cli.Tests.Logs;

/// <summary>A web server over a log's folder, under <c>/log/access</c>.</summary>
internal sealed class LogServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private readonly TaskCompletionSource _stalled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private LogServer(WebApplication app) => _app = app;

    /// <summary>Completes when the resource that is never answered was asked for.</summary>
    public Task Stalled => _stalled.Task;

    public string Address => _app.Urls.Single() + "/log/access";

    public static async Task<LogServer> StartAsync(TestLog log, int? statusOfTiles = null, string? stallAt = null, string? falseEncoding = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new LogServer(app);
        app.Run(async context =>
        {
            if (stallAt is not null && context.Request.Path.Value!.EndsWith(stallAt, StringComparison.Ordinal))
            {
                server._stalled.TrySetResult();
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
            }

            if (falseEncoding is not null && context.Request.Path.Value!.Contains("/tile/", StringComparison.Ordinal))
            {
                context.Response.Headers.ContentEncoding = falseEncoding; // What follows is not encoded at all.
            }

            await ServeAsync(context, log, statusOfTiles);
        });
        await app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task ServeAsync(HttpContext context, TestLog log, int? statusOfTiles)
    {
        if (!context.Request.Path.StartsWithSegments("/log/access", out var rest) || !File.Exists(log.FileOf(rest.Value![1..])))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
        else if (statusOfTiles is { } status && rest.StartsWithSegments("/tile"))
        {
            context.Response.StatusCode = status;
        }
        else
        {
            await context.Response.SendFileAsync(log.FileOf(rest.Value![1..]));
        }
    }
}
