using DataExchange.Contracts.Calendars;
using DataExchange.Enforcement.Governance;
using DataExchange.Enforcement.Subjects;
using DataExchange.Policy.Anomalies;
using DataExchange.TransparencyLog;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DataExchange.Enforcement.Anomalies;

/// <summary>
/// Reads from the access log how many people each official looked up in each hour of the last 28 days, in the background after a start.
/// Nothing in the log says who looked whom up until it is opened, so it goes person by person: the entries that carry a person's tags are
/// opened with that person's key. That also counts each person once an hour without remembering anybody.
/// </summary>
public sealed partial class BaselineRecall(
    AnomalyEngine engine, RegionLogs logs, SubjectVault vault, GovernanceLedger ledger, LogClock clock, TimeProvider time, ILogger<BaselineRecall> logger) : BackgroundService
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Baseline = TimeSpan.FromDays(28);

    private long _people;

    /// <summary>Whether the averages of officials are known.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>People whose entries have been read.</summary>
    public long People => Volatile.Read(ref _people);

    /// <summary>Why the last attempt ended; null while there is none that failed.</summary>
    public string? Fault { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await WatchedAsync(stoppingToken);
                await RecallAsync(stoppingToken);
                engine.CompleteRecall();
                (IsComplete, Fault) = (true, null);
                Log.Recalled(logger, People, engine.Officials);
                return;
            }
            catch (Exception exception) when (exception is LogUnavailableException or SubjectVaultException)
            {
                Fault = exception.Message;
                Log.NotRecalled(logger, exception);
                await Task.Delay(Retry, time, stoppingToken);
            }
        }
    }

    /// <summary>Completes when there are anomaly rules: until then there is nobody to have an average.</summary>
    private async Task WatchedAsync(CancellationToken cancellationToken)
    {
        for (IsComplete = true; ledger.Current.Monitoring is null;)
        {
            await Task.Delay(Retry, time, cancellationToken);
        }

        IsComplete = false;
    }

    // What was observed here stands in the log as well, and is read again with the rest: in the present hour nobody
    // counts twice.
    private async Task RecallAsync(CancellationToken cancellationToken)
    {
        engine.BeginRecall();
        Volatile.Write(ref _people, 0);
        var rules = ledger.Current.Monitoring!;
        var now = clock.NowMs();
        var size = logs.Access.Latest.Size;
        await logs.Access.WaitPublishedAsync(size, cancellationToken);
        var since = now - (long)Baseline.TotalMilliseconds;
        await foreach (var subject in vault.ReadAllAsync(cancellationToken))
        {
            await RecallAsync(subject, size, since, now, rules, cancellationToken);
            Interlocked.Increment(ref _people);
        }
    }

    private async Task RecallAsync(Subject subject, long size, long since, long now, AnomalyRuleSet rules, CancellationToken cancellationToken)
    {
        var seen = new HashSet<(Official, long Hour)>();
        for (var month = since; month <= now; month = NextMonth(month))
        {
            foreach (var index in await logs.Access.FindAsync(subject.Tag(month), cancellationToken))
            {
                if (index < size)
                {
                    await RecallAsync(subject, index, since, now, seen, rules, cancellationToken);
                }
            }
        }
    }

    private async Task RecallAsync(Subject subject, long index, long since, long now, HashSet<(Official, long)> seen, AnomalyRuleSet rules, CancellationToken cancellationToken)
    {
        await foreach (var entry in logs.Access.ReadAsync(index, 1, cancellationToken))
        {
            if (RecordSealer.TryOpen(subject, entry, out var opened) && opened.Leaf.TimeMs >= since
                && LoggedAttempt.Read(opened) is { } attempt && seen.Add((attempt.Official, attempt.TimeMs / 3_600_000)))
            {
                engine.Recall(attempt.Official, attempt.TimeMs, AnomalyWatch.Prefix(subject.Handle), now, rules, WorkingCalendar.China);
            }
        }
    }

    private static long NextMonth(long timeMs)
    {
        var time = DateTimeOffset.FromUnixTimeMilliseconds(timeMs);
        return new DateTimeOffset(time.Year, time.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(1).ToUnixTimeMilliseconds();
    }

    private static partial class Log
    {
        [LoggerMessage(3121, LogLevel.Information, "Averages of {Officials} officials were read from the entries about {People} people.")]
        public static partial void Recalled(ILogger logger, long people, int officials);

        [LoggerMessage(3122, LogLevel.Warning, "The averages of officials could not be read from the access log; it is tried again. Until then they count as newcomers.")]
        public static partial void NotRecalled(ILogger logger, Exception exception);
    }
}
