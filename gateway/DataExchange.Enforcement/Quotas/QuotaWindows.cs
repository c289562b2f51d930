using System.Collections.Concurrent;
using DataExchange.Policy.Model;
using DataExchange.Policy.Quotas;
using DataExchange.Policy.Rules;
using DataExchange.TransparencyLog;
using Microsoft.Extensions.Logging;

namespace DataExchange.Enforcement.Quotas;

/// <summary>
/// Gives every permitted request a place in its agreement's quota, never one place twice: not in a crash, not to two replicas. Places are
/// reserved from the store in blocks before the first of them is used, so a request waits for the disk only where a block has run out.
/// </summary>
/// <remarks>
/// A crash loses what was reserved and not used: at most two blocks, a sixteenth of the quota together, or one place of a quota under 64. A stop
/// gives it back.
/// </remarks>
internal sealed partial class QuotaWindows(IQuotaStore store, ILogger<QuotaWindows> logger) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, QuotaWindow> _windows = new(StringComparer.Ordinal);

    /// <summary>The quota of an agreement; null for none. The agreement is <c>{id}@{revision}</c>, as decisions name it.</summary>
    public static Quota? QuotaOf(string agreement, RegionSnapshot snapshot) =>
        snapshot.Agreements.Find(agreement[..agreement.LastIndexOf('@')])?.Agreement.Quota;

    /// <summary>Takes a place in the present window.</summary>
    /// <param name="agreement"><c>{id}@{revision}</c>.</param>
    /// <param name="quota">Its quota.</param>
    /// <param name="nowMs">Milliseconds since the Unix epoch.</param>
    /// <param name="offset">The region's offset from UTC.</param>
    /// <returns>How many were taken before, the quota's number where none is left; and when the window ends (milliseconds since the Unix epoch).</returns>
    /// <exception cref="LogUnavailableException">No place can be made durable, so none is given.</exception>
    public async ValueTask<(int Used, long WindowEndMs)> TakeAsync(string agreement, Quota quota, long nowMs, TimeSpan offset)
    {
        try
        {
            return await WindowOf(agreement).TakeAsync(quota, nowMs, offset);
        }
        catch (Exception exception) when (exception is not LogUnavailableException)
        {
            Log.NotDurable(logger, agreement, exception);
            throw new LogUnavailableException($"A place in the quota of {agreement} cannot be made durable.", exception);
        }
    }

    /// <summary>How many places of the present window are taken, or lost to a crash. Takes none.</summary>
    /// <exception cref="LogUnavailableException">It cannot be read.</exception>
    public async ValueTask<int> UsedAsync(string agreement, Quota quota, long nowMs, TimeSpan offset)
    {
        try
        {
            return await WindowOf(agreement).UsedAsync(quota, nowMs, offset);
        }
        catch (Exception exception) when (exception is not LogUnavailableException)
        {
            Log.NotDurable(logger, agreement, exception);
            throw new LogUnavailableException($"The quota of {agreement} cannot be read.", exception);
        }
    }

    /// <summary>Gives back what was reserved and not used.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var (agreement, window) in _windows)
        {
            try
            {
                await window.ReturnAsync();
            }
            catch (Exception exception)
            {
                // As after a crash: some of the quota is lost, none of it is given twice.
                Log.NotReturned(logger, agreement, exception);
            }
        }
    }

    private QuotaWindow WindowOf(string agreement) => _windows.GetOrAdd(agreement, static (name, store) => new QuotaWindow(store, name), store);

    private static partial class Log
    {
        [LoggerMessage(3312, LogLevel.Error, "No place in the quota of {Agreement} can be made durable. What it would permit is refused.")]
        public static partial void NotDurable(ILogger logger, string agreement, Exception exception);

        [LoggerMessage(3313, LogLevel.Information, "Unused places in the quota of {Agreement} could not be given back.")]
        public static partial void NotReturned(ILogger logger, string agreement, Exception exception);
    }
}
