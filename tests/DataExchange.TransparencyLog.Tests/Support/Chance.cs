namespace DataExchange.TransparencyLog.Tests.Support;

/// <summary>Numbers that look like chance and are the same in every run (SplitMix64).</summary>
internal sealed class Chance(ulong seed)
{
    private ulong _state = seed;

    /// <summary>From 0, below <paramref name="end"/>.</summary>
    public long Below(long end) => (long)(Next() % (ulong)end);

    /// <summary>True so many times in a hundred.</summary>
    public bool In100(long percent) => Below(100) < percent;

    private ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
