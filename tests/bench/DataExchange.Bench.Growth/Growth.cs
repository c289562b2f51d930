using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace DataExchange.Bench.Growth;

/// <summary>Grows one log through the sizes and prints a row at each.</summary>
internal static class Growth
{
    // Long enough that the work behind the appends (tiles, search keys, copies of the write-ahead log) is in the figure many times over.
    private const long Stretch = 100_000;

    // Between the sizes nothing is measured, and large batches get there sooner.
    private const int GrowingWriters = 1024;

    public static async Task<IReadOnlyList<GrowthPoint>> RunAsync(string folder, IReadOnlyList<long> sizes, int writers)
    {
        await WarmUpAsync(Path.Combine(folder, "warm-up"), writers);
        Console.WriteLine("| entries | appends/s | CPU µs/append | proof p50 ms | proof p99 ms | find p50 ms | start ms | working set MB | disk ÷ payload |");
        Console.WriteLine("|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        var points = new List<GrowthPoint>();
        foreach (var size in sizes)
        {
            var point = await AtAsync(Path.Combine(folder, "log"), size, writers);
            points.Add(point);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {size:N0} | {point.AppendsPerSecond:N0} | {point.AppendCpu:F1} | {point.Opened.ProofP50:F3} | {point.Opened.ProofP99:F3} | {point.Opened.FindP50:F3} | {point.Opened.StartMs:F0} | {point.Opened.WorkingSetMb:F0} | {point.DiskRatio:F3} |"));
        }

        return points;
    }

    private static async Task WarmUpAsync(string folder, int writers)
    {
        using var data = Load.Folder(folder);
        await using var region = await Load.OpenAsync(data);
        await Load.GrowAsync(region.Logs.Access, Stretch, writers);
    }

    private static async Task<GrowthPoint> AtAsync(string folder, long size, int writers)
    {
        long reached;
        using (var data = Load.Folder(folder))
        {
            await using var region = await Load.OpenAsync(data);
            await Load.GrowAsync(region.Logs.Access, size, GrowingWriters);
            reached = region.Logs.Access.Latest.Size;
        }

        var disk = new DirectoryInfo(folder).GetFiles().Sum(file => file.Length);
        var opened = Reopen(folder);
        using (var data = Load.Folder(folder))
        {
            await using var region = await Load.OpenAsync(data);
            var log = region.Logs.Access;
            var cpu = Process.GetCurrentProcess().TotalProcessorTime;
            var clock = Stopwatch.StartNew();
            await Load.GrowAsync(log, reached + Stretch, writers);
            var elapsed = clock.Elapsed.TotalSeconds;
            await log.WaitPublishedAsync(reached + Stretch, CancellationToken.None);
            var spent = Process.GetCurrentProcess().TotalProcessorTime - cpu;
            return new GrowthPoint(
                reached, Stretch / elapsed, spent.TotalMicroseconds / Stretch, (double)disk / (reached * (Load.LeafBytes + Load.SealedBytes)), opened);
        }
    }

    private static OpenedFigures Reopen(string folder)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [OpenedLog.Command, folder]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var line = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return JsonSerializer.Deserialize<OpenedFigures>(line) ?? throw new InvalidOperationException($"The measuring process said '{line}'.");
    }
}
