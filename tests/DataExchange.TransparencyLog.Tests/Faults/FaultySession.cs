using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using DataExchange.Storage;
using DataExchange.TransparencyLog.Hosting;
using DataExchange.TransparencyLog.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace DataExchange.TransparencyLog.Tests.Faults;

/// <summary>
/// The process whose system calls are broken: opens a region, appends and closes when standard input says so, and tells on standard
/// output what was signed, acknowledged and refused. Each line is one write, so that a trace of the process shows it whole.
/// </summary>
internal sealed class FaultySession : IDisposable
{
    public const string Command = "faulty-session";

    private const int PrSetPtracer = 0x59616d61;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Stream _output = Console.OpenStandardOutput();
    private SqliteDataFolder? _data;
    private LogRegion? _region;
    private int _appended;

    public static int Run()
    {
        _ = SetProcessControl(PrSetPtracer, -1); // Where only parents may trace, anyone may trace this one.
        using var session = new FaultySession();
        while (Console.ReadLine() is { } line)
        {
            session.Do(line.Split(' '));
        }

        return 0;
    }

    public void Dispose() => _output.Dispose();

    private void Do(string[] words)
    {
        try
        {
            switch (words)
            {
                case ["open", var folder]:
                    Open(folder);
                    break;
                case ["append", var count]:
                    Append(int.Parse(count, CultureInfo.InvariantCulture));
                    break;
                case ["checkpoint"]:
                    Checkpoint();
                    break;
                case ["close"]:
                    Close();
                    break;
            }
        }
        catch (Exception exception) when (exception is StorageException or LogCorruptException or LogRolledBackException or AdoptionRefusedException or KeyFileException)
        {
            Tell($"refused {Encode($"{exception.GetType().Name}: {exception.Message}")}");
        }
        catch (Exception exception)
        {
            Tell($"unexpected {Encode(exception.ToString())}");
        }

        Tell("done");
    }

    private void Open(string folder)
    {
        try
        {
            _data = new SqliteDataFolder(folder, NullLogger<SqliteDataFolder>.Instance);
            var options = new TransparencyLogOptions
            {
                Region = "test.example",
                KeyFolder = folder,
                FlushEntries = 2,
                PublishInterval = TimeSpan.FromMilliseconds(1),
                RecoveryDelay = TimeSpan.FromMilliseconds(1),
                MaxRecoveryDelay = TimeSpan.FromMilliseconds(20),
            };
            _region = Wait(LogRegion.OpenAsync(_data, options, null, new TextAdoptionLeaf(), TimeProvider.System, NullLogger<LogRegion>.Instance, null, CancellationToken.None));
        }
        catch
        {
            Close();
            throw;
        }

        TellSigned();
    }

    private void Append(int count)
    {
        for (var i = 0; i < count && _region is { } region; i++)
        {
            Append(i % 4 == 3 ? region.Logs.Governance : region.Logs.Access);
        }

        TellSigned();
    }

    private void Append(ITransparencyLog log)
    {
        var text = $"{Environment.ProcessId}/{_appended++}";
        var entry = new LogEntry { Leaf = Encoding.UTF8.GetBytes(text), Sealed = new byte[600], Key = Encoding.UTF8.GetBytes(text) };
        try
        {
            var result = Wait(log.AppendAsync(entry, CancellationToken.None).AsTask());
            Tell(string.Create(CultureInfo.InvariantCulture, $"ack {log.Name} {result.Index} {text} {Encode(result.Batch!.Checkpoint.Note)}"));
            Wait(log.WaitPublishedAsync(result.Index + 1, CancellationToken.None).AsTask());
        }
        catch (LogUnavailableException exception)
        {
            Tell($"refused {Encode(exception.Message)}");
            if (!SpinWait.SpinUntil(() => log.Health.IsWritable, Patience))
            {
                throw new TimeoutException($"{log.Origin} does not recover: {log.Health.Reason}");
            }
        }
    }

    private void TellSigned()
    {
        foreach (var log in _region is { } region ? new[] { region.Logs.Access, region.Logs.Governance } : [])
        {
            Tell($"signed {log.Name} {Encode(log.Latest.Note)}");
            Tell($"signed {log.Name} {Encode(log.Published.Note)}");
        }
    }

    // As the log's own thread does it once eight megabytes have been written: what is appended next starts the write-ahead log over.
    private void Checkpoint()
    {
        foreach (var file in new[] { "exchange.db", "tiles.db" })
        {
            Sql.Run(Path.Combine(_data!.Path, file), "PRAGMA wal_checkpoint(PASSIVE)");
        }
    }

    private void Close()
    {
        var (data, region) = (_data, _region);
        (_data, _region) = (null, null);
        if (region is not null)
        {
            Wait(region.DisposeAsync().AsTask());
        }

        data?.Dispose();
    }

    private void Tell(string line) => _output.Write(Encoding.UTF8.GetBytes(line + "\n"));

    private static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static void Wait(Task task) => task.WaitAsync(Patience).GetAwaiter().GetResult();

    private static T Wait<T>(Task<T> task) => task.WaitAsync(Patience).GetAwaiter().GetResult();

    [DllImport("libc", EntryPoint = "prctl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetProcessControl(int option, nint argument);
}
