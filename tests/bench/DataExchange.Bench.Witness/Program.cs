// Checkpoints/s of the witness through HTTP: closed-loop submitters, each with a log of its own, against a real state file, in one process.
//   dotnet run -c Release --project tests/bench/DataExchange.Bench.Witness -- [--logs 1,16,64] [--seconds 5] [--folder <new folder>]
// A table, one row a run.
using System.Globalization;
using DataExchange.Bench.Witness;

var logs = Option("--logs", "1,16,64").Split(',').Select(text => int.Parse(text, CultureInfo.InvariantCulture));
var seconds = int.Parse(Option("--seconds", "5"), CultureInfo.InvariantCulture);
Console.WriteLine("| logs | checkpoints/s | p50 ms | p99 ms | max ms | CPU µs a checkpoint | durable writes/s |");
Console.WriteLine("|---:|---:|---:|---:|---:|---:|---:|");
foreach (var count in logs)
{
    var folder = Path.Combine(Option("--folder", Path.GetTempPath()), $"bench-witness-{Environment.ProcessId}-{count}");
    try
    {
        Console.WriteLine(await SubmitRun.RunAsync(folder, count, TimeSpan.FromSeconds(seconds)));
    }
    finally
    {
        Directory.Delete(folder, recursive: true);
    }
}

string Option(string name, string fallback) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : fallback;
