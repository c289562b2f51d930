using System.Diagnostics;
using System.Security.Cryptography;
using DataExchange.Storage;
using DataExchange.TransparencyLog;
using DataExchange.TransparencyLog.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace DataExchange.Bench.Log;

/// <summary>One run: so many writers, each appending again as soon as its last append is durable and signed.</summary>
internal static class AppendRun
{
    private const int LeafBytes = 80;
    private const int SealedBytes = 600;
    private const int Subjects = 20_000;

    public static async Task<RunResult> RunAsync(string folder, int writers, TimeSpan duration, int readBackEvery)
    {
        using var data = new SqliteDataFolder(folder, NullLogger<SqliteDataFolder>.Instance);
        var options = new TransparencyLogOptions { Region = "bench.example", KeyFolder = folder, ReadBackEvery = readBackEvery };
        await using var region = await LogRegion.OpenAsync(data, options, null, TimeProvider.System, NullLogger<LogRegion>.Instance, null, CancellationToken.None);
        var keys = Enumerable.Range(0, Subjects).Select(_ => RandomNumberGenerator.GetBytes(32)).ToArray();

        await DriveAsync(region.Logs.Access, keys, writers, TimeSpan.FromSeconds(4)); // Warm: compiled for good, files grown.
        var before = region.Logs.Access.Latest.Size;
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var (collections, allocated) = (GC.CollectionCount(2), GC.GetTotalAllocatedBytes());
        var clock = Stopwatch.StartNew();
        var latencies = await DriveAsync(region.Logs.Access, keys, writers, duration);
        var elapsed = clock.Elapsed.TotalSeconds;

        var appends = region.Logs.Access.Latest.Size - before;
        var spent = Process.GetCurrentProcess().TotalProcessorTime - cpu;
        var lag = region.Logs.Access.Latest.Size - region.Logs.Access.Published.Size;
        Array.Sort(latencies);
        return new RunResult(
            writers,
            Math.Round(appends / elapsed),
            At(latencies, 0.50),
            At(latencies, 0.99),
            At(latencies, 0.999),
            At(latencies, 1),
            Math.Round(spent.TotalMicroseconds / appends, 2),
            (GC.GetTotalAllocatedBytes() - allocated) / appends,
            GC.CollectionCount(2) - collections,
            lag,
            new DirectoryInfo(folder).GetFiles("exchange.db-wal").Sum(file => file.Length) >> 20);
    }

    private static async Task<double[]> DriveAsync(ITransparencyLog log, byte[][] keys, int writers, TimeSpan duration)
    {
        var end = Stopwatch.GetTimestamp() + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        var runs = await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(() => WriteAsync(log, keys, writer, end))));
        return [.. runs.SelectMany(run => run)];
    }

    private static async Task<List<double>> WriteAsync(ITransparencyLog log, byte[][] keys, int writer, long end)
    {
        var latencies = new List<double>(1024);
        var leaf = RandomNumberGenerator.GetBytes(LeafBytes);
        var record = RandomNumberGenerator.GetBytes(SealedBytes);
        for (var i = writer * 7919; Stopwatch.GetTimestamp() < end; i++)
        {
            var began = Stopwatch.GetTimestamp();
            await log.AppendAsync(new LogEntry { Leaf = leaf, Sealed = record, Key = keys[i % keys.Length] }, CancellationToken.None);
            latencies.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        return latencies;
    }

    private static double At(double[] sorted, double part) => Math.Round(sorted[(int)((sorted.Length - 1) * part)], 2);
}
