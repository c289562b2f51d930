using Microsoft.Extensions.Configuration;

namespace DataExchange.Witness.Hosting;

/// <summary>Where a witness as a process of its own takes its settings from.</summary>
internal static class WitnessConfiguration
{
    /// <summary>
    /// <c>appsettings.json</c> of the working directory (or the file that <c>--settings</c> names), then environment variables, then the
    /// command line.
    /// </summary>
    /// <exception cref="WitnessRefusedException">The file is not there, cannot be read, or is not JSON.</exception>
    public static IConfigurationRoot Load(string[] args)
    {
        try
        {
            var file = new ConfigurationBuilder().AddCommandLine(args).Build()["settings"];
            return new ConfigurationBuilder()
                .SetBasePath(Directory.GetCurrentDirectory())
                .AddJsonFile(file ?? "appsettings.json", optional: file is null)
                .AddEnvironmentVariables()
                .AddCommandLine(args)
                .Build();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException or FormatException)
        {
            throw new WitnessRefusedException(exception.Message, exception);
        }
    }

    /// <summary>Reads the section <c>Witness</c>.</summary>
    /// <exception cref="WitnessRefusedException">It holds a key that is no setting: most often a slip of the pen.</exception>
    public static WitnessOptions Read(IConfiguration configuration)
    {
        var options = new WitnessOptions();
        try
        {
            configuration.GetSection("Witness").Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
            return options;
        }
        catch (InvalidOperationException exception)
        {
            throw new WitnessRefusedException(
                $"The section Witness cannot be read: {exception.Message} It has Name, Folder, Listen, Prefix, and Logs with Origin and Keys each.", exception);
        }
    }
}
