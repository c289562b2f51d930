using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;

namespace DataExchange.Witness.Tests.Support;

/// <summary>The built witness in a process of its own, on a port that the system chooses. Can be killed, stopped and started again.</summary>
internal sealed class WitnessProcess : IAsyncDisposable
{
    private const int Listening = 8000;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly IReadOnlyDictionary<string, string> _settings;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Process _process;

    private WitnessProcess(IReadOnlyDictionary<string, string> settings)
    {
        _settings = settings;
        _process = new Process { StartInfo = StartInfo(), EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => Read(line.Data);
        _process.Exited += (_, _) => _address.TrySetException(new InvalidOperationException("The witness ended before it listened:\n" + Output));
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public HttpClient Client { get; private set; } = null!;

    public int Id => _process.Id;

    public string Output => string.Join('\n', _output);

    public static Dictionary<string, string> SettingsOf(TemporaryFolder folder, params UniformLog[] logs)
    {
        var settings = new Dictionary<string, string> { ["Witness__Name"] = RunningWitness.Name, ["Witness__Folder"] = folder.Path, ["Witness__Listen"] = "http://127.0.0.1:0" };
        for (var i = 0; i < logs.Length; i++)
        {
            settings[$"Witness__Logs__{i}__Origin"] = logs[i].Origin;
            settings[$"Witness__Logs__{i}__Keys__0"] = logs[i].Verifier.ToString();
        }

        return settings;
    }

    /// <summary>Starts and waits until it listens.</summary>
    public static async Task<WitnessProcess> StartAsync(IReadOnlyDictionary<string, string> settings)
    {
        var witness = new WitnessProcess(settings);
        try
        {
            witness.Client = new HttpClient { BaseAddress = await witness._address.Task.WaitAsync(Patience), Timeout = Patience };
            return witness;
        }
        catch
        {
            await witness.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a start that is expected to be refused.</summary>
    public static async Task<(int ExitCode, string Output)> RunToExitAsync(IReadOnlyDictionary<string, string> settings)
    {
        await using var witness = new WitnessProcess(settings);
        return (await witness.EndAsync(), witness.Output);
    }

    /// <summary>SIGKILL: no chance to tidy up.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await EndAsync();
    }

    /// <summary>SIGTERM, as a service manager stops it; waits for the end.</summary>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
        return await EndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        Client?.Dispose();
        _process.Dispose();
        _ = _address.Task.Exception; // Of a start that was to be refused: seen.
    }

    private async Task<int> EndAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    private void Read(string? line)
    {
        if (line is null)
        {
            return;
        }

        _output.Enqueue(line);
        if (line.StartsWith('{') && JsonDocument.Parse(line).RootElement is var logged && logged.GetProperty("EventId").GetInt32() == Listening
            && logged.GetProperty("Category").GetString()!.StartsWith("DataExchange.Witness", StringComparison.Ordinal))
        {
            _address.TrySetResult(new Uri(logged.GetProperty("State").GetProperty("Address").GetString()!));
        }
    }

    private ProcessStartInfo StartInfo()
    {
        // artifacts/bin/{project}/{configuration}, beside the tests' own.
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        var folder = Path.Combine(own.Parent!.Parent!.FullName, "DataExchange.Witness", own.Name);
        var start = new ProcessStartInfo("dotnet", [Path.Combine(folder, "DataExchange.Witness.dll")])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("OTEL_EXPORTER_OTLP_ENDPOINT");
        foreach (var (key, value) in _settings)
        {
            start.Environment[key] = value;
        }

        return start;
    }
}
