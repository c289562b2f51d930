using System.Globalization;
using System.Text;
using DataExchange.Storage;
using DataExchange.TransparencyLog.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace DataExchange.TransparencyLog.Tests.Crash;

/// <summary>The process to kill: appends to both logs as fast as it can and says on standard output what was acknowledged.</summary>
internal static class AppendUntilKilled
{
    public const string Command = "append-until-killed";

    /// <summary>The last word of every whole line.</summary>
    public const string EndOfLine = ".";

    public static async Task<int> RunAsync(string folder)
    {
        using var data = new SqliteDataFolder(folder, NullLogger<SqliteDataFolder>.Instance);
        var options = new TransparencyLogOptions { Region = "test.example", KeyFolder = folder, FlushEntries = 500 };
        await using var region = await LogRegion.OpenAsync(data, options, null, TimeProvider.System, NullLogger<LogRegion>.Instance, null, CancellationToken.None);
        var writers = Enumerable.Range(0, 16).Select(writer => WriteAsync(writer % 8 == 0 ? region.Logs.Governance : region.Logs.Access, writer));
        await Task.WhenAll(writers);
        return 0;
    }

    private static async Task WriteAsync(ITransparencyLog log, int writer)
    {
        for (var i = 0; ; i++)
        {
            var text = $"{Environment.ProcessId}/{writer}/{i}";
            var result = await log.AppendAsync(new LogEntry { Leaf = Encoding.UTF8.GetBytes(text), Sealed = new byte[600], Key = Encoding.UTF8.GetBytes(text) }, CancellationToken.None);
            var note = Convert.ToBase64String(Encoding.UTF8.GetBytes(result.Batch!.Checkpoint.Note));

            // The console writes a long line in pieces and the kill may fall between two: the end mark tells a whole line.
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{log.Name} {result.Index} {text} {note} {EndOfLine}"));
        }
    }
}
