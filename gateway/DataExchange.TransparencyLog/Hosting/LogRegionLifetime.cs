using Microsoft.Extensions.Hosting;

namespace DataExchange.TransparencyLog.Hosting;

/// <summary>Opens the logs with the host, by being constructed, and closes them when everything registered after has stopped.</summary>
internal sealed class LogRegionLifetime(LogRegion region) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => region.DisposeAsync().AsTask().WaitAsync(cancellationToken);
}
