using DataExchange.Enforcement.Governance;
using DataExchange.Enforcement.Subjects;
using DataExchange.Policy.Commands;
using DataExchange.Policy.Personal;
using DataExchange.TransparencyLog;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DataExchange.Enforcement.Personal;

/// <summary>
/// Enters every clock of a register about people that was missed into the governance log, once. Clocks are up at midnights of the region and
/// at no other time, so it looks at its start, for what was missed while nothing ran, and then at each midnight.
/// </summary>
/// <remarks>The command refuses what is entered already: a crash, or another replica, makes no second entry.</remarks>
public sealed partial class PersonalClockWatch(GovernanceLedger ledger, SubjectVault vault, TimeProvider time, ILogger<PersonalClockWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Retry = TimeSpan.FromMinutes(1);

    /// <summary>Enters what is missed at this moment.</summary>
    /// <returns>When to look again.</returns>
    public async Task<DateTimeOffset> LookAsync(CancellationToken cancellationToken)
    {
        // The next midnight is counted from before the look: one that passes meanwhile is looked at right after.
        var now = time.GetUtcNow();
        var calendar = PersonalClocks.CalendarOf(ledger.Current);
        try
        {
            foreach (var missed in PersonalClocks.Missed(ledger.Current, now).ToList())
            {
                // A person who is being erased has no key any more, and soon no records.
                if (await vault.FindAsync(missed.Subject, cancellationToken) is { } subject
                    && await ledger.ExecuteAsync(missed with { By = Party.Nobody }, subject, cancellationToken) is { Problem: null, Id: { } id })
                {
                    Log.Missed(logger, missed.GetType().Name, id);
                }
            }
        }
        catch (Exception exception) when (exception is LogUnavailableException or SubjectVaultException)
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
        // The id of a record leads to nobody.
        [LoggerMessage(3320, LogLevel.Warning, "A clock was missed ({Command} of {Id}); the governance log says so.")]
        public static partial void Missed(ILogger logger, string command, string id);

        [LoggerMessage(3321, LogLevel.Error, "Missed clocks of corrections and complaints cannot be entered into the governance log; tried again in a minute.")]
        public static partial void NotEntered(ILogger logger, Exception exception);
    }
}
