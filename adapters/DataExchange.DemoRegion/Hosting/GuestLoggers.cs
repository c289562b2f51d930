using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DataExchange.DemoRegion.Hosting;

/// <summary>The host's loggers, except for the lines in which an application announces itself: these are the host's to write. Disposes nothing.</summary>
internal sealed class GuestLoggers(ILoggerFactory host) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => categoryName == "Microsoft.Hosting.Lifetime" ? NullLogger.Instance : host.CreateLogger(categoryName);

    public void AddProvider(ILoggerProvider provider) => host.AddProvider(provider);

    public void Dispose()
    {
    }
}
