namespace DataExchange.Enforcement.Subjects;

/// <summary>The time that leaves carry: the clock's, but never before one it has given or seen. Safe for concurrent use, without locks.</summary>
/// <remarks>It does not run ahead of the clock either: entries of the same millisecond share their time, and their order is the log's.</remarks>
public sealed class LogClock(TimeProvider time)
{
    private long _last = long.MinValue;

    /// <summary>Milliseconds since the Unix epoch.</summary>
    public long NowMs() => Advance(time.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>Takes note of a time that already stands in a log, so that the clock never returns an earlier one, also when it was set back while the gateway was down.</summary>
    public void Observe(long ms) => Advance(ms);

    /// <summary>The later of what was last given and what is offered.</summary>
    private long Advance(long offered)
    {
        var last = Volatile.Read(ref _last);
        while (offered > last)
        {
            var seen = Interlocked.CompareExchange(ref _last, offered, last);
            if (seen == last)
            {
                return offered;
            }

            last = seen;
        }

        return last;
    }
}
