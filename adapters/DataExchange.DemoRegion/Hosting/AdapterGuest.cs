using DataExchange.Adapters.Configuration;
using DataExchange.Adapters.Hosting;
using DataExchange.Adapters.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DataExchange.DemoRegion.Hosting;

/// <summary>Starts adapters inside this process, each with a server of its own on a free loopback port.</summary>
/// <param name="VerifierKey">Of the gateway's access log.</param>
/// <param name="Loggers">Takes what the adapters log.</param>
/// <param name="Clock">Theirs, too.</param>
internal sealed record AdapterGuest(string VerifierKey, ILoggerFactory Loggers, TimeProvider Clock)
{
    /// <summary>
    /// Starts an adapter with the department's settings file (<c>adapter.json</c>, just as a process of its own would read it), to
    /// which only what is known at the start is added: the log's key and where the back end is.
    /// </summary>
    public async Task<WebApplication> StartAsync<T>(
        Stream settingsFile,
        IEnumerable<KeyValuePair<string, string?>> whereabouts,
        Func<SettingsReader, T> read,
        Func<T, SourceContext, IRecordSource> open,
        CancellationToken cancellationToken)
    {
        var configuration = new ConfigurationBuilder()
            .AddJsonStream(settingsFile)
            .AddInMemoryCollection(whereabouts)
            .AddInMemoryCollection([new("Adapter:Log:VerifierKey", VerifierKey)])
            .Build();
        var (options, settings) = AdapterProgram.Load(configuration, read);
        var hosting = new AdapterHosting { Logging = LogHere, Clock = Clock };
        var app = AdapterHost.Build(options, context => open(settings, context), hosting);
        try
        {
            await app.StartAsync(cancellationToken);
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes an application a guest: it logs with us, and leaves signals to us.</summary>
    public void LogHere(ILoggingBuilder logging)
    {
        logging.Services.Replace(ServiceDescriptor.Singleton<ILoggerFactory>(new GuestLoggers(Loggers)));
        logging.Services.Replace(ServiceDescriptor.Singleton<IHostLifetime, GuestLifetime>());
    }
}
