using Microsoft.Extensions.Hosting;

namespace DataExchange.DemoRegion.Hosting;

/// <summary>
/// The lifetime of an application inside another's process: it hears no signals. Stopping is its host's affair, which first lets
/// the exchanges under way end; a guest that stopped by itself on SIGTERM would fail them.
/// </summary>
internal sealed class GuestLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
