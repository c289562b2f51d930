// A region with many consents: how long a start takes and what memory it leaves, what a change, an erasure-sized set of them and a replay cost then.
//   dotnet run -c Release --project tests/bench/DataExchange.Bench.Consents -- [--consents 1000000] [--people 300000] [--folder <parent of a new folder>] [--runs 3] [--keep]
// One million consents take some 2 GB of disk and a few minutes to make. Each start is a process of its own, on files that are in the system's cache.
using System.Diagnostics;
using System.Globalization;
using DataExchange.Bench.Consents;

if (args is [OpenedRegion.Command, var opened])
{
    Console.WriteLine(await OpenedRegion.MeasureAsync(opened));
    return;
}

var consents = int.Parse(Option("--consents", "1000000"), CultureInfo.InvariantCulture);
var people = int.Parse(Option("--people", "300000"), CultureInfo.InvariantCulture);
var folder = Path.Combine(Option("--folder", Path.GetTempPath()), $"bench-consents-{Environment.ProcessId}");
try
{
    var started = Stopwatch.GetTimestamp();
    await Generator.MakeAsync(folder, consents, people);
    Console.WriteLine($"{consents} consents of {people} people made in {Stopwatch.GetElapsedTime(started).TotalSeconds:F0} s in {folder}");
    for (var run = 0; run < int.Parse(Option("--runs", "3"), CultureInfo.InvariantCulture); run++)
    {
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [OpenedRegion.Command, folder]))!;
        await process.WaitForExitAsync();
    }
}
finally
{
    if (!args.Contains("--keep"))
    {
        Directory.Delete(folder, recursive: true);
    }
}

string Option(string name, string fallback) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : fallback;
