using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DataExchange.Bench.Verify;

/// <summary>One run of the built <c>dx</c>.</summary>
internal sealed record VerifyRun(
    [property: JsonPropertyName("entries")] long Entries,
    [property: JsonPropertyName("seconds")] double Seconds,
    [property: JsonPropertyName("entriesPerSecond")] double EntriesPerSecond,
    [property: JsonPropertyName("cpuSeconds")] double CpuSeconds,
    [property: JsonPropertyName("peakMegabytes")] long PeakMegabytes)
{
    private static readonly TimeSpan Sample = TimeSpan.FromMilliseconds(20);

    public static async Task<VerifyRun> RunAsync(string folder, string vkey)
    {
        var state = Directory.CreateTempSubdirectory("bench-verify-state-").FullName;
        string[] args = [Path.Combine(AppContext.BaseDirectory, "dx.dll"), "verify", folder, "--vkey", vkey, "--state", state, "--json"];
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(new ProcessStartInfo("dotnet", args) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var (peak, cpu) = (0L, TimeSpan.Zero);
        while (!process.WaitForExit(Sample))
        {
            process.Refresh();
            if (!process.HasExited)
            {
                (peak, cpu) = (Math.Max(peak, process.PeakWorkingSet64), process.TotalProcessorTime);
            }
        }

        var seconds = clock.Elapsed.TotalSeconds;
        Directory.Delete(state, recursive: true);
        using var report = JsonDocument.Parse(await output);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"dx found: {report.RootElement}");
        }

        var entries = report.RootElement.GetProperty("entriesRead").GetInt64();
        return new VerifyRun(entries, Math.Round(seconds, 2), Math.Round(entries / seconds), Math.Round(cpu.TotalSeconds, 2), peak >> 20);
    }
}
