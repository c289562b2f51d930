using System.Diagnostics;
using DataExchange.Adapters.Tests.DemoRegion;
using DataExchange.DemoRegion.Folder;

[assembly: AssemblyFixture(typeof(BuiltRegion))]

namespace DataExchange.Adapters.Tests.DemoRegion;

/// <summary>The region, built once for every test that only reads it.</summary>
public sealed class BuiltRegion : IAsyncLifetime
{
    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("demo-region-");

    public DemoRegionFolder Folder { get; private set; } = null!;

    public TimeSpan BuildTime { get; private set; }

    public async ValueTask InitializeAsync()
    {
        var start = Stopwatch.GetTimestamp();
        Folder = await DemoRegionFolder.EnsureAsync(Path.Combine(_parent.FullName, "region"));
        BuildTime = Stopwatch.GetElapsedTime(start);
    }

    public ValueTask DisposeAsync()
    {
        _parent.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
