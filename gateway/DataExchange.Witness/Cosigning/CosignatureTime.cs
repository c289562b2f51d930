namespace DataExchange.Witness.Cosigning;

/// <summary>
/// The time of a cosignature. It says that at that time no larger tree was known, so of two cosignatures for one log the later one
/// never bears the earlier time: where the clock was set back, the last time stands until the clock has passed it. Where the clock was
/// years ahead, that is long, and the key is better given up: it has spoken of a future that it did not know.
/// </summary>
internal static class CosignatureTime
{
    /// <summary>2025-01-01 00:00 UTC. No clock that shows an earlier time is right: this program is younger.</summary>
    public const long Earliest = 1_735_689_600;

    /// <summary>Seconds since the Unix epoch; null when the clock cannot be right.</summary>
    /// <param name="clock">The clock.</param>
    /// <param name="last">Time of the last cosignature for the log; 0 when there is none.</param>
    public static long? Of(TimeProvider clock, long last)
    {
        var now = Math.Max(clock.GetUtcNow().ToUnixTimeSeconds(), last);
        return now >= Earliest ? now : null;
    }
}
