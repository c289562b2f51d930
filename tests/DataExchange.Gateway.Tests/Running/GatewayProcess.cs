using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Security;
using System.Text.RegularExpressions;

namespace DataExchange.Gateway.Tests.Running;

/// <summary>
/// The built gateway in a process of its own: development profile, a port the system chooses, a data folder of its own. Can be
/// killed, stopped and started again on the same data.
/// </summary>
public sealed partial class GatewayProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Dictionary<string, string> _settings;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly bool _ownsFolder;
    private Process? _process;
    private HttpClient? _client;

    private GatewayProcess(string dataFolder, bool ownsFolder, IReadOnlyDictionary<string, string>? settings)
    {
        DataFolder = dataFolder;
        _ownsFolder = ownsFolder;
        _settings = new Dictionary<string, string>(settings ?? new Dictionary<string, string>());
    }

    public string DataFolder { get; }

    public int Id => Running.Id;

    /// <summary>Talks to the gateway; a new one after every start, because the port changes.</summary>
    public HttpClient Client => _client ?? throw new InvalidOperationException("The gateway is not running.");

    /// <summary>Everything the process has written so far, both streams, over all starts.</summary>
    public IReadOnlyCollection<string> Output => _output;

    private Process Running => _process ?? throw new InvalidOperationException("The gateway is not running.");

    /// <summary>Starts and waits until it is ready.</summary>
    /// <param name="settings">Configuration as environment variables, for instance <c>Edge__MaxRequestBodySize</c>.</param>
    /// <param name="dataFolder">A folder to start on; by default a fresh one, deleted with the process.</param>
    public static async Task<GatewayProcess> StartAsync(IReadOnlyDictionary<string, string>? settings = null, string? dataFolder = null)
    {
        var gateway = new GatewayProcess(dataFolder ?? Directory.CreateTempSubdirectory("dx-").FullName, dataFolder is null, settings);
        try
        {
            await gateway.StartAgainAsync();
            return gateway;
        }
        catch
        {
            await gateway.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a start that is expected to be refused.</summary>
    public static async Task<(int ExitCode, string Output)> RunToExitAsync(IReadOnlyDictionary<string, string> settings, string? dataFolder = null)
    {
        await using var gateway = new GatewayProcess(dataFolder ?? Directory.CreateTempSubdirectory("dx-").FullName, dataFolder is null, settings);
        _ = gateway.Spawn();
        using var patience = new CancellationTokenSource(Patience);
        await gateway.Running.WaitForExitAsync(patience.Token);
        return (gateway.Running.ExitCode, string.Join('\n', gateway.Output));
    }

    /// <summary>Starts on the same data folder, with the same settings.</summary>
    public async Task StartAgainAsync()
    {
        var listening = Spawn();
        var address = await listening.WaitAsync(Patience);
        _client = NewClient(address);
        using var patience = new CancellationTokenSource(Patience);
        while (!(await _client.GetAsync("/health/ready", patience.Token)).IsSuccessStatusCode)
        {
            await Task.Delay(20, patience.Token);
        }
    }

    /// <summary>SIGKILL: no chance to tidy up.</summary>
    public async Task KillAsync()
    {
        Running.Kill();
        await EndAsync();
    }

    /// <summary>SIGTERM, as a service manager stops it; waits for the graceful end.</summary>
    public async Task<int> StopAsync()
    {
        await TerminateAsync();
        return await EndAsync();
    }

    /// <summary>Sends SIGTERM and waits for nothing: <see cref="EndAsync"/> does. Until then <see cref="Client"/> can be used.</summary>
    public async Task TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{Running.Id}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Waits for the end of the process; returns its exit code.</summary>
    public async Task<int> EndAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        await Running.WaitForExitAsync(patience.Token);
        var exitCode = Running.ExitCode;
        Running.Dispose();
        _process = null;
        _client?.Dispose();
        _client = null;
        return exitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            await KillAsync();
        }

        _client?.Dispose();
        if (_ownsFolder)
        {
            Directory.Delete(DataFolder, recursive: true);
        }
    }

    // The tests that serve TLS bring a certificate of their own, which nobody vouches for.
    private static HttpClient NewClient(Uri address)
    {
        var handler = new SocketsHttpHandler { Expect100ContinueTimeout = Patience };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, errors) => errors is SslPolicyErrors.None or SslPolicyErrors.RemoteCertificateChainErrors;
        return new HttpClient(handler) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(100) };
    }

    private Task<Uri> Spawn()
    {
        var listening = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = new Process { StartInfo = StartInfo(), EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => Read(line.Data);
        process.ErrorDataReceived += (_, line) => Read(line.Data);
        process.Exited += (_, _) => listening.TrySetException(new InvalidOperationException("The gateway ended before it listened:\n" + string.Join('\n', _output)));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _process = process;
        return listening.Task;

        void Read(string? line)
        {
            if (line is null)
            {
                return;
            }

            _output.Enqueue(line);
            if (Announcement().Match(line) is { Success: true } ready)
            {
                listening.TrySetResult(new Uri(ready.Groups[1].Value));
            }
        }
    }

    private ProcessStartInfo StartInfo()
    {
        var folder = BuildOutput.Of("DataExchange.Gateway");
        var start = new ProcessStartInfo("dotnet", [Path.Combine(folder, "DataExchange.Gateway.dll")])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment["DataFolder"] = DataFolder;
        start.Environment.Remove("OTEL_EXPORTER_OTLP_ENDPOINT");
        foreach (var (key, value) in _settings)
        {
            start.Environment[key] = value;
        }

        return start;
    }

    [GeneratedRegex("The gateway is ready at (https?://[^\\s\",]+)")]
    private static partial Regex Announcement();
}
