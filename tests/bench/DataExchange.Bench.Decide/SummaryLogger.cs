using BenchmarkDotNet.Loggers;

namespace DataExchange.Bench.Decide;

/// <summary>Leaves out a line an iteration, of which there are tens of thousands.</summary>
public sealed class SummaryLogger : ILogger
{
    private readonly ILogger _console = ConsoleLogger.Ascii;

    public string Id => nameof(SummaryLogger);

    public int Priority => 0;

    public void Write(LogKind logKind, string text)
    {
        if (logKind is LogKind.Statistic or LogKind.Error or LogKind.Header)
        {
            _console.Write(logKind, text);
        }
    }

    public void WriteLine() => _console.WriteLine();

    public void WriteLine(LogKind logKind, string text)
    {
        if (logKind is LogKind.Statistic or LogKind.Error or LogKind.Header)
        {
            _console.WriteLine(logKind, text);
        }
    }

    public void Flush() => _console.Flush();
}
