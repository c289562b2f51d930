using DataExchange.Contracts.Log;
using DataExchange.TransparencyLog;
using Microsoft.Extensions.Hosting;

namespace DataExchange.Enforcement.Subjects;

/// <summary>
/// Shows the clock where the logs stand before anything is appended. Knowingly allowed: a machine whose clock once ran ahead has put
/// that time into the log for good, and log time stands still until the clock has caught up.
/// </summary>
internal sealed class LogClockStartup(LogClock clock, RegionLogs logs) : IHostedService
{
    /// <summary>Entries of one moment may stand in either order, so a few of the newest are looked at.</summary>
    private const int Newest = 256;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await ObserveAsync(logs.Governance, cancellationToken);
        await ObserveAsync(logs.Access, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task ObserveAsync(ITransparencyLog log, CancellationToken cancellationToken)
    {
        var size = log.Latest.Size;
        var first = Math.Max(0, size - Newest);
        await foreach (var entry in log.ReadAsync(first, size - first, cancellationToken))
        {
            clock.Observe(Leaf.TryDecode(entry.Leaf, out var leaf)
                ? leaf.TimeMs
                : throw new InvalidDataException($"Entry {entry.Index} of the log {log.Origin} is not a leaf."));
        }
    }
}
