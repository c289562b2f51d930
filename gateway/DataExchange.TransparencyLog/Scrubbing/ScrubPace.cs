namespace DataExchange.TransparencyLog.Scrubbing;

/// <summary>Keeps a scrub at or below so many entries and bytes a second. What a pause leaves unused is not made up for.</summary>
internal sealed class ScrubPace(TransparencyLogOptions options, TimeProvider clock)
{
    private TimeSpan _debt;
    private long _since = clock.GetTimestamp();

    /// <summary>Waits until what was just read is paid for. Delays too short for a timer add up.</summary>
    public Task PayAsync(long entries, long bytes, CancellationToken cancellationToken)
    {
        var now = clock.GetTimestamp();
        var rest = _debt - clock.GetElapsedTime(_since, now);
        var price = Math.Max((double)entries / options.ScrubEntriesPerSecond, (double)bytes / options.ScrubBytesPerSecond);
        (_debt, _since) = ((rest > TimeSpan.Zero ? rest : TimeSpan.Zero) + TimeSpan.FromSeconds(price), now);
        return Task.Delay(_debt, clock, cancellationToken);
    }
}
