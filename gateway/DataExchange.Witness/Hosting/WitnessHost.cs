using System.Diagnostics.Metrics;
using System.Net.Sockets;
using System.Security.Cryptography;
using DataExchange.Merkle;
using DataExchange.Witness.State;
using DataExchange.Witness.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DataExchange.Witness.Hosting;

/// <summary>A running witness: its server, its writer, its folder. Dispose it to stop it.</summary>
public sealed class WitnessHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly OpenWitness _open;
    private int _disposed;

    private WitnessHost(WebApplication app, OpenWitness open, string prefix)
    {
        (_app, _open) = (app, open);
        Address = new Uri(app.Urls.First().TrimEnd('/') + prefix + "/");
    }

    /// <summary>Where it listens, prefix included, with a slash at the end: the paths of <see cref="WitnessPaths"/> are relative to it.</summary>
    public Uri Address { get; }

    /// <summary>The key that verifies its cosignatures (type 4).</summary>
    public NoteVerifier Verifier => _open.Verifier;

    /// <summary>Starts a witness inside another's process; when it returns, it answers. It hears no signals: stopping is its host's affair.</summary>
    /// <param name="options">Its settings; port 0 of the loopback is a good choice.</param>
    /// <param name="loggers">Takes what it logs. Not disposed.</param>
    /// <param name="clock">Gives cosignatures their time.</param>
    /// <param name="cancellationToken">Gives up; whatever has started is stopped.</param>
    /// <exception cref="WitnessRefusedException">Settings, key or state cannot be used.</exception>
    public static Task<WitnessHost> StartAsync(
        WitnessOptions options, ILoggerFactory loggers, TimeProvider clock, CancellationToken cancellationToken = default) =>
        StartAsync(
            options,
            new WitnessHosting { Clock = clock, Services = services => services.AddSingleton(loggers) },
            cancellationToken: cancellationToken);

    internal static async Task<WitnessHost> StartAsync(
        WitnessOptions options, WitnessHosting hosting, Func<string, IStateStore>? openStore = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var settings = WitnessSettings.From(options);
        var app = WitnessServer.Build(settings, hosting);
        OpenWitness? open = null;
        try
        {
            var loggers = app.Services.GetRequiredService<ILoggerFactory>();
            open = OpenWitness.Open(settings, openStore, hosting.Clock, app.Services.GetRequiredService<IMeterFactory>(), loggers);
            WitnessServer.Map(app, settings, open);
            await ListenAsync(app, settings, cancellationToken);
            var host = new WitnessHost(app, open, settings.Prefix);
            Log.Listening(loggers.CreateLogger<WitnessHost>(), host.Address, settings.Logs.Count, open.Witness.Count, open.Verifier);
            return host;
        }
        catch
        {
            await StopAsync(app, open);
            throw;
        }
    }

    /// <summary>Serves until the process is told to stop.</summary>
    internal Task WaitForShutdownAsync() => _app.WaitForShutdownAsync();

    /// <summary>Answers what is under way, then closes everything. A second call does nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            await _app.StopAsync();
            await StopAsync(_app, _open);
        }
    }

    // The server first: nobody may ask a witness that has let go of its state.
    private static async ValueTask StopAsync(WebApplication app, OpenWitness? open)
    {
        await app.DisposeAsync();
        if (open is not null)
        {
            await open.DisposeAsync();
        }
    }

    private static async Task ListenAsync(WebApplication app, WitnessSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException
            or CryptographicException or FormatException or InvalidOperationException)
        {
            throw new WitnessRefusedException(
                $"Kestrel:Endpoints cannot be listened on: {exception.Message} Give each endpoint a URL, and one of https a certificate that can be read.", exception);
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            // The first where it is taken; the second where the address is not this machine's, or the port not this user's to open.
            throw new WitnessRefusedException($"Witness:Listen is '{settings.Listen}', where nothing can listen: {exception.Message} Choose another address or port.", exception);
        }
    }
}
