using DataExchange.DemoRegion.Departments;
using DataExchange.DemoRegion.Folder;
using Microsoft.Extensions.Logging;

namespace DataExchange.DemoRegion.Hosting;

/// <summary>The departments of the demo region, each with its adapter, in this process. Dispose it to stop them.</summary>
public sealed class DemoRegionHost : IAsyncDisposable
{
    private readonly IReadOnlyList<RunningDepartment> _departments;

    private DemoRegionHost(IReadOnlyList<RunningDepartment> departments)
    {
        _departments = departments;
        Adapters = departments.ToDictionary(department => department.Member, department => department.Adapter);
    }

    /// <summary>Base address of the adapter of each member that provides data, by member code: loopback, a port that was free.</summary>
    public IReadOnlyDictionary<string, Uri> Adapters { get; }

    /// <summary>Starts every department; when it returns, all adapters listen.</summary>
    /// <param name="region">The region's folder.</param>
    /// <param name="accessLogVerifierKey">vkey of the gateway's access log: the adapters answer only to questions that this log holds.</param>
    /// <param name="loggers">Takes what the departments log.</param>
    /// <param name="clock">The adapters' clock.</param>
    /// <param name="cancellationToken">Gives up; whatever has started is stopped.</param>
    public static async Task<DemoRegionHost> StartAsync(
        DemoRegionFolder region,
        string accessLogVerifierKey,
        ILoggerFactory loggers,
        TimeProvider clock,
        CancellationToken cancellationToken = default)
    {
        var guest = new AdapterGuest(accessLogVerifierKey, loggers, clock);
        var running = new List<RunningDepartment>();
        try
        {
            foreach (var department in Department.All)
            {
                running.Add(await department.StartAsync(region.Of(department.Member), guest, cancellationToken));
            }

            return new DemoRegionHost(running);
        }
        catch
        {
            await StopAsync(running);
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => StopAsync(_departments);

    private static async ValueTask StopAsync(IReadOnlyList<RunningDepartment> departments)
    {
        foreach (var department in departments.Reverse())
        {
            await department.DisposeAsync();
        }
    }
}
