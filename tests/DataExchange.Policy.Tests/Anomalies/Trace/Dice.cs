namespace DataExchange.Policy.Tests.Anomalies.Trace;

/// <summary>SplitMix64: the same numbers on every machine, for ever.</summary>
internal sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>From a number to another, both included.</summary>
    public int Between(int from, int to) => from + (int)(Next() % (ulong)(to - from + 1));

    /// <summary>True in so many of a million cases.</summary>
    public bool InMillion(int cases) => Next() % 1_000_000 < (ulong)cases;
}
