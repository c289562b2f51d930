using DataExchange.Adapters.Configuration;
using DataExchange.Adapters.Records;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DataExchange.Adapters.Hosting;

/// <summary>An adapter as a process of its own.</summary>
public static class AdapterProgram
{
    /// <summary>
    /// Reads <c>appsettings.json</c> of the working directory (or the file that <c>--settings</c> names), then environment variables, then the
    /// command line; refuses to start with every error listed; serves until told to stop.
    /// </summary>
    /// <param name="args">The command line.</param>
    /// <param name="read">Reads the adapter's own settings from the section <c>Adapter</c>. Errors go to the reader, none are thrown.</param>
    /// <param name="open">Opens the source with the settings read, once they are known to be without error.</param>
    /// <returns>The exit code: 0 after a stop, 2 when the configuration will not do.</returns>
    public static async Task<int> RunAsync<T>(string[] args, Func<SettingsReader, T> read, Func<T, SourceContext, IRecordSource> open)
    {
        try
        {
            var configuration = Configuration(args);
            var (options, settings) = Load(configuration, read);
            await using var app = AdapterHost.Build(options, context => open(settings, context), Hosting(configuration));
            await app.StartAsync();
            await app.WaitForShutdownAsync();
            return 0;
        }
        catch (Exception exception) when (exception is AdapterConfigurationException or FileNotFoundException or InvalidDataException)
        {
            // The two others: the settings file is not there, or is not JSON.
            await Console.Error.WriteLineAsync(exception.Message);
            return 2;
        }
    }

    /// <summary>Reads the section <c>Adapter</c> whole: what every adapter has and what this one adds.</summary>
    /// <exception cref="AdapterConfigurationException">Anything in it is wrong, missing or unknown.</exception>
    public static (AdapterOptions Options, T Settings) Load<T>(IConfiguration configuration, Func<SettingsReader, T> read)
    {
        var errors = new ConfigurationErrors();
        var adapter = new SettingsReader(configuration.GetSection("Adapter"), errors);
        var loaded = (AdapterOptions.Read(adapter), read(adapter));
        adapter.RefuseUnknown();
        errors.ThrowIfAny();
        return loaded;
    }

    private static IConfigurationRoot Configuration(string[] args)
    {
        var commandLine = new ConfigurationBuilder().AddCommandLine(args).Build();
        return new ConfigurationBuilder()
            .SetBasePath(Directory.GetCurrentDirectory())
            .AddJsonFile(commandLine["settings"] ?? "appsettings.json", optional: commandLine["settings"] is null)
            .AddEnvironmentVariables()
            .AddCommandLine(args)
            .Build();
    }

    private static AdapterHosting Hosting(IConfigurationRoot configuration) => new()
    {
        Urls = (configuration["Urls"] ?? "http://127.0.0.1:5090").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        Kestrel = configuration.GetSection("Kestrel"),
        OwnsProcess = true,
        Logging = logging => logging
            .AddFilter("Microsoft.AspNetCore", LogLevel.Warning)
            .AddConfiguration(configuration.GetSection("Logging"))
            .AddJsonConsole(),
    };
}
