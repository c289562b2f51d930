// Appends/s and latency of the log alone: closed-loop writers against a real SQLite file, everything on.
//   dotnet run -c Release --project tests/bench/DataExchange.Bench.Log -- [--writers 64,1024] [--seconds 5] [--read-back-every 1] [--folder <new folder>]
// One line of JSON per run.
using System.Globalization;
using System.Text.Json;
using DataExchange.Bench.Log;

var writers = Option("--writers", "64,1024").Split(',').Select(text => int.Parse(text, CultureInfo.InvariantCulture));
var seconds = int.Parse(Option("--seconds", "5"), CultureInfo.InvariantCulture);
var readBackEvery = int.Parse(Option("--read-back-every", "1"), CultureInfo.InvariantCulture);
foreach (var count in writers)
{
    var folder = Path.Combine(Option("--folder", Path.GetTempPath()), $"bench-log-{Environment.ProcessId}-{count}");
    try
    {
        Console.WriteLine(JsonSerializer.Serialize(await AppendRun.RunAsync(folder, count, TimeSpan.FromSeconds(seconds), readBackEvery)));
    }
    finally
    {
        Directory.Delete(folder, recursive: true);
    }
}

string Option(string name, string fallback) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : fallback;
