// One log, grown to each size in turn; what an append, a proof, a start, memory and disk cost there.
//   dotnet run -c Release --project tests/bench/DataExchange.Bench.Growth -- [--sizes 10000,100000,1000000,10000000] [--writers 64] [--folder <parent of a new folder>] [--plot growth.svg]
// Prints a Markdown table; ten million entries take some 9 GB of disk and ten minutes.
using System.Globalization;
using System.Text.Json;
using DataExchange.Bench.Growth;

if (args is [OpenedLog.Command, var opened])
{
    Console.WriteLine(JsonSerializer.Serialize(await OpenedLog.MeasureAsync(opened)));
    return;
}

long[] sizes = [.. Option("--sizes", "10000,100000,1000000,10000000").Split(',').Select(text => long.Parse(text, CultureInfo.InvariantCulture))];
var writers = int.Parse(Option("--writers", "64"), CultureInfo.InvariantCulture);
var folder = Path.Combine(Option("--folder", Path.GetTempPath()), $"bench-growth-{Environment.ProcessId}");
try
{
    var points = await Growth.RunAsync(folder, sizes, writers);
    if (Option("--plot", "") is { Length: > 0 } plot)
    {
        await File.WriteAllTextAsync(plot, Plot.Draw(points));
    }
}
finally
{
    Directory.Delete(folder, recursive: true);
}

string Option(string name, string fallback) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : fallback;
