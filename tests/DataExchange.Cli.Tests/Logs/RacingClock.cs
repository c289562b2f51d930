namespace DataExchange.Cli.Tests.Logs;

/// <summary>A clock by which a minute passes between any two looks at it.</summary>
internal sealed class RacingClock : TimeProvider
{
    private long _minutes;

    public override long TimestampFrequency => 1;

    public override long GetTimestamp() => 60 * Interlocked.Increment(ref _minutes);
}
