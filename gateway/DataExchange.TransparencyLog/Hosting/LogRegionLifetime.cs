using Microsoft.Extensions.Hosting;

namespace DataExchange.TransparencyLog.Hosting;

/// <summary>Opens the logs with the host, by being constructed, and closes them when everything registered after has stopped.</summary>
internal sealed class LogRegionLifetime(LogRegion region) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Not cut short when the host runs out of patience: what waits is committed or refused, and an exchange that was cut off by the same stop
    // still gets its outcome in. A commit takes milliseconds; on a disk that hangs, whoever stops the process has to kill it, and loses nothing.
    public Task StopAsync(CancellationToken cancellationToken) => region.DisposeAsync().AsTask();
}
