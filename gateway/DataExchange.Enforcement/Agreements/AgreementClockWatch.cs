using DataExchange.Enforcement.Governance;
using DataExchange.Policy.Agreements;
using DataExchange.Policy.Commands;
using DataExchange.TransparencyLog;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DataExchange.Enforcement.Agreements;

/// <summary>
/// Enters every clock that was missed into the governance log, once. Clocks are up at midnights of the region and at no other time, so it
/// looks at its start, for what was missed while nothing ran, and then at each midnight.
/// </summary>
/// <remarks>The command refuses what is entered already: a crash, or another replica, makes no second entry.</remarks>
public sealed partial class AgreementClockWatch(GovernanceLedger ledger, TimeProvider time, ILogger<AgreementClockWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Retry = TimeSpan.FromMinutes(1);

    /// <summary>Enters what is missed at this moment.</summary>
    /// <returns>When to look again.</returns>
    internal async Task<DateTimeOffset> LookAsync(CancellationToken cancellationToken)
    {
        // The next midnight is counted from before the look: one that passes meanwhile is looked at right after.
        var now = time.GetUtcNow();
        var calendar = AgreementClocks.CalendarOf(ledger.Current);
        try
        {
            foreach (var missed in AgreementClocks.Missed(ledger.Current, now).ToList())
            {
                var result = await ledger.ExecuteAsync(missed with { By = Party.Nobody }, null, cancellationToken);
                if (result.Problem is null)
                {
                    Log.Missed(logger, missed.Id, missed.Revision, missed.Clock);
                }
            }
        }
        catch (LogUnavailableException exception)
        {
            Log.NotEntered(logger, exception);
            return now + Retry;
        }

        return new DateTimeOffset(calendar.LocalDate(now).AddDays(1).ToDateTime(TimeOnly.MinValue), calendar.Offset);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            var next = await LookAsync(stoppingToken);
            var left = next - time.GetUtcNow();
            if (left > TimeSpan.Zero)
            {
                await Task.Delay(left, time, stoppingToken);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3310, LogLevel.Warning, "The clock {Clock} of agreement {Agreement}@{Revision} was missed; the governance log says so.")]
        public static partial void Missed(ILogger logger, string agreement, int revision, string clock);

        [LoggerMessage(3311, LogLevel.Error, "Missed clocks of agreements cannot be entered into the governance log; tried again in a minute.")]
        public static partial void NotEntered(ILogger logger, Exception exception);
    }
}
