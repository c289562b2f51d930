using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using DataExchange.Witness;
using DataExchange.Witness.Hosting;
using DataExchange.Witness.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace DataExchange.Bench.Witness;

/// <summary>One run: so many logs, each submitting its next checkpoint as soon as the last one is cosigned.</summary>
internal static class SubmitRun
{
    private const long FirstSize = 10_000_000; // Proofs as long as those of a large log.

    public static async Task<string> RunAsync(string folder, int count, TimeSpan duration)
    {
        var logs = Enumerable.Range(0, count).Select(i => new UniformLog(string.Create(CultureInfo.InvariantCulture, $"bench.example/log-{i}"), (byte)(i + 1))).ToArray();
        var options = new WitnessOptions { Name = "witness.example/bench", Folder = folder, Listen = "http://127.0.0.1:0" };
        foreach (var log in logs)
        {
            options.Logs.Add(new WitnessedLogOptions { Origin = log.Origin, Keys = { log.Verifier.ToString() } });
        }

        await using var witness = await WitnessHost.StartAsync(options, NullLoggerFactory.Instance, TimeProvider.System);
        using var client = new HttpClient { BaseAddress = witness.Address };
        var submitters = logs.Select(log => new Submitter(client, log)).ToArray();
        await DriveAsync(submitters, TimeSpan.FromSeconds(1)); // Warm: compiled, connections open.

        var writes = 0;
        using var listener = new MeterListener { InstrumentPublished = (instrument, self) => Listen(instrument, self) };
        listener.SetMeasurementEventCallback<double>((_, _, _, _) => Interlocked.Increment(ref writes));
        listener.Start();
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        var latencies = await DriveAsync(submitters, duration);
        var elapsed = clock.Elapsed.TotalSeconds;
        var spent = Process.GetCurrentProcess().TotalProcessorTime - cpu;
        Array.Sort(latencies);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {count} | {latencies.Length / elapsed:N0} | {At(latencies, 0.5):F2} | {At(latencies, 0.99):F2} | {At(latencies, 1):F2} | {spent.TotalMicroseconds / latencies.Length:F0} | {writes / elapsed:N0} |");
    }

    private static void Listen(Instrument instrument, MeterListener listener)
    {
        if (instrument.Name == "data_exchange.witness.write.duration")
        {
            listener.EnableMeasurementEvents(instrument);
        }
    }

    private static async Task<double[]> DriveAsync(Submitter[] submitters, TimeSpan duration)
    {
        var end = Stopwatch.GetTimestamp() + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        var runs = await Task.WhenAll(submitters.Select(submitter => Task.Run(() => submitter.SubmitAsync(end))));
        return [.. runs.SelectMany(run => run)];
    }

    private static double At(double[] sorted, double part) => sorted[(int)((sorted.Length - 1) * part)];

    private sealed class Submitter(HttpClient client, UniformLog log)
    {
        private long _size;

        public async Task<List<double>> SubmitAsync(long end)
        {
            var latencies = new List<double>(4096);
            while (Stopwatch.GetTimestamp() < end)
            {
                var next = Math.Max(_size, FirstSize) + 17;
                var body = log.Body(_size, next);
                var began = Stopwatch.GetTimestamp();
                using var content = new StringContent(body);
                using var response = await client.PostAsync("add-checkpoint", content);
                response.EnsureSuccessStatusCode();
                await response.Content.ReadAsStringAsync();
                latencies.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                _size = next;
            }

            return latencies;
        }
    }
}
