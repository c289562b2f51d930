// Entries/s and peak memory of `dx verify` on a folder of tiles, as a process of its own.
//   dotnet run -c Release --project tests/bench/DataExchange.Bench.Verify -- [--entries 10000000] [--folder <folder>] [--runs 3] [--keep]
// The folder is made when it is not there, and removed again without --keep. One line of JSON per run.
using System.Globalization;
using System.Text.Json;
using DataExchange.Bench.Verify;

var entries = long.Parse(Option("--entries", "10000000"), CultureInfo.InvariantCulture);
var runs = int.Parse(Option("--runs", "3"), CultureInfo.InvariantCulture);
var folder = Path.GetFullPath(Option("--folder", Path.Combine(Path.GetTempPath(), $"bench-verify-{entries}")));
try
{
    using var log = new SyntheticLog(folder);
    if (!File.Exists(Path.Combine(folder, "checkpoint")))
    {
        log.Write(entries);
    }

    for (var run = 0; run < runs; run++)
    {
        Console.WriteLine(JsonSerializer.Serialize(await VerifyRun.RunAsync(folder, log.Vkey)));
    }
}
finally
{
    if (Array.IndexOf(args, "--keep") < 0)
    {
        Directory.Delete(folder, recursive: true);
    }
}

string Option(string name, string fallback) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : fallback;
