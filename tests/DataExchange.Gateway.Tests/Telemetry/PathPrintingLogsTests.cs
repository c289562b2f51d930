using DataExchange.Gateway.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DataExchange.Gateway.Tests.Telemetry;

public sealed class PathPrintingLogsTests
{
    [Theory]
    [InlineData("LogLevel:Default")]
    [InlineData("LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics")]
    [InlineData("Console:LogLevel:Default")]
    [InlineData("Console:LogLevel:Microsoft.AspNetCore.Hosting")]
    [InlineData("Console:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics")]
    public void No_setting_turns_request_lines_on(string key)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { [key] = "Trace" }).Build();
        using var services = new ServiceCollection()
            .AddLogging(logging => logging.AddConfiguration(configuration).AddConsole())
            .PostConfigure<LoggerFilterOptions>(PathPrintingLogs.Silence)
            .BuildServiceProvider();

        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("Microsoft.AspNetCore.Hosting.Diagnostics");

        Assert.False(logger.IsEnabled(LogLevel.Critical));
    }
}
