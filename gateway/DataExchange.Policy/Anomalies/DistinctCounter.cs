namespace DataExchange.Policy.Anomalies;

/// <summary>How many different values were added since it was cleared; exact up to <see cref="Max"/>, where it stops counting.</summary>
internal sealed class DistinctCounter
{
    public const int Max = 4096;

    private readonly HashSet<ulong> _seen = [];

    public int Count => _seen.Count;

    public void Add(ulong value)
    {
        if (_seen.Count < Max)
        {
            _seen.Add(value);
        }
    }

    public void Clear() => _seen.Clear();
}
