using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace DataExchange.Gateway.Profile;

public static partial class ServeExtensions
{
    /// <summary>Listens until the process is told to stop, then drains what is under way.</summary>
    /// <exception cref="StartupRefusedException">The address is taken, foreign or forbidden, or settings are not fit to run with.</exception>
    public static async Task ServeAsync(this WebApplication app)
    {
        try
        {
            await app.StartAsync();
        }
        catch (OptionsValidationException e)
        {
            throw new StartupRefusedException([.. e.Failures], e);
        }
        catch (IOException e)
        {
            throw new StartupRefusedException([e.Message], e);
        }
        catch (SocketException e)
        {
            throw new StartupRefusedException([$"cannot listen at {app.Configuration[WebHostDefaults.ServerUrlsKey] ?? "the configured addresses"}: {e.Message}"], e);
        }

        Log.Serving(app.Logger, string.Join(", ", app.Urls));
        await app.WaitForShutdownAsync();
    }

    private static partial class Log
    {
        [LoggerMessage(5002, LogLevel.Information, "The gateway is ready at {Addresses}")]
        public static partial void Serving(ILogger logger, string addresses);
    }
}
