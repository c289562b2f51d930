using System.Collections.Concurrent;
using DataExchange.Policy.Model;
using DataExchange.Policy.Rules;

namespace DataExchange.Enforcement.Quotas;

/// <summary>
/// Counts permitted requests an agreement, in fixed windows that begin at multiples of their length since the Unix epoch. The counts
/// live in this process: a restart begins new windows, and each replica counts for itself.
/// </summary>
internal sealed class QuotaWindows
{
    private readonly ConcurrentDictionary<string, Window> _windows = new(StringComparer.Ordinal);

    /// <summary>The quota of an agreement; null for none. The agreement is <c>{id}@{revision}</c>, as decisions name it.</summary>
    public static Quota? QuotaOf(string agreement, RegionSnapshot snapshot) =>
        snapshot.Agreements.Find(agreement[..agreement.LastIndexOf('@')])?.Agreement.Quota;

    /// <summary>Takes a place in the present window.</summary>
    /// <returns>How many were taken before, and when the window ends (milliseconds since the Unix epoch).</returns>
    public (int Used, long WindowEndMs) Take(string agreement, Quota quota, long nowMs)
    {
        var length = Math.Max(1, quota.WindowSeconds) * 1000L;
        return _windows.GetOrAdd(agreement, static _ => new Window()).Take(nowMs / length * length, length);
    }

    /// <summary>How many places of the present window are taken. Takes none.</summary>
    public int Used(string agreement, Quota quota, long nowMs)
    {
        var length = Math.Max(1, quota.WindowSeconds) * 1000L;
        return _windows.TryGetValue(agreement, out var window) ? window.Used(nowMs / length * length) : 0;
    }

    private sealed class Window
    {
        // Guards both fields: the change of window and the count have to be seen together.
        private readonly Lock _lock = new();
        private long _start = long.MinValue;
        private int _taken;

        public (int Used, long EndMs) Take(long start, long length)
        {
            lock (_lock)
            {
                // Only forward: a request that was judged just before the turn counts in the new window rather than reopening the old one.
                if (start > _start)
                {
                    _start = start;
                    _taken = 0;
                }

                var used = _taken;
                _taken = used == int.MaxValue ? used : used + 1;
                return (used, _start + length);
            }
        }

        public int Used(long start)
        {
            lock (_lock)
            {
                return start > _start ? 0 : _taken;
            }
        }
    }
}
