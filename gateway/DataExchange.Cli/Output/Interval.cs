namespace DataExchange.Cli.Output;

/// <summary>Says when so much time has passed since it last said so.</summary>
internal sealed class Interval(TimeProvider clock, TimeSpan length)
{
    private long _last = clock.GetTimestamp();

    public bool IsOver()
    {
        if (clock.GetElapsedTime(_last) < length)
        {
            return false;
        }

        _last = clock.GetTimestamp();
        return true;
    }
}
