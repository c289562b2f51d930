using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace DataExchange.Witness.Tests.Support;

/// <summary>Keeps which events were logged.</summary>
internal sealed class EventLoggers : ILoggerFactory, ILogger
{
    private readonly ConcurrentQueue<int> _events = new();

    public IReadOnlyCollection<int> Events => _events;

    /// <summary>Waits until an event has been logged at least so often.</summary>
    public async Task WaitForAsync(int id, int times = 1)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (_events.Count(logged => logged == id) < times)
        {
            await Task.Delay(5, patience.Token);
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose()
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _events.Enqueue(eventId.Id);
}
