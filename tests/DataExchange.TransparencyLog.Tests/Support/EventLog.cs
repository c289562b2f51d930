using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace DataExchange.TransparencyLog.Tests.Support;

/// <summary>Keeps what is logged, and lets a test wait for an event instead of a time.</summary>
public sealed class EventLog<T> : ILogger<T>
{
    public const int Poisoned = 2001;
    public const int RecoveryFailed = 2002;
    public const int Recovered = 2003;
    public const int FailedCommitPersisted = 2004;
    public const int FollowingFailed = 2005;
    public const int Frozen = 2008;
    public const int WitnessUntrue = 2009;
    public const int ScrubCompleted = 2050;
    public const int ScrubDamaged = 2051;
    public const int ScrubRepaired = 2052;
    public const int ScrubBrokenOff = 2055;
    public const int NoProof = 2056;

    private readonly ConcurrentQueue<(int Id, string Text)> _events = new();
    private readonly ConcurrentDictionary<int, SemaphoreSlim> _raised = new();

    public IReadOnlyCollection<(int Id, string Text)> Events => _events;

    /// <summary>Each call takes one occurrence of the event.</summary>
    public async Task WaitAsync(int id)
    {
        if (!await Raised(id).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken))
        {
            Assert.Fail($"Event {id} did not come. What came: {string.Join("; ", _events)}");
        }
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        _events.Enqueue((eventId.Id, $"{formatter(state, exception)} {exception?.Message}"));
        Raised(eventId.Id).Release();
    }

    private SemaphoreSlim Raised(int id) => _raised.GetOrAdd(id, _ => new SemaphoreSlim(0));
}
