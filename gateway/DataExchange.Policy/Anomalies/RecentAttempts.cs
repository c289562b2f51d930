namespace DataExchange.Policy.Anomalies;

/// <summary>The newest attempts of one official, in a ring.</summary>
internal sealed class RecentAttempts
{
    public const int Capacity = 64;

    private readonly Attempt[] _ring = new Attempt[Capacity];
    private long _next;

    /// <summary>Remembers an attempt.</summary>
    /// <returns>What <see cref="Conclude"/> knows it by.</returns>
    public long Add(in AccessAttempt attempt)
    {
        _ring[(int)(_next % Capacity)] = new Attempt { TimeMs = attempt.TimeMs, Subject = attempt.Subject, Number = attempt.Number, NamesCase = attempt.NamesCase, Index = -1 };
        return _next++;
    }

    /// <summary>Adds where it was logged, and whether the rules refused it narrowly. Nothing happens when it is forgotten by now.</summary>
    public void Conclude(long attempt, long index, bool isNearMiss)
    {
        if (attempt >= _next - Capacity)
        {
            ref var slot = ref _ring[(int)(attempt % Capacity)];
            slot.Index = index;
            slot.IsNearMiss = isNearMiss;
        }
    }

    /// <summary>Newest first.</summary>
    public IEnumerable<Attempt> NewestFirst()
    {
        for (var i = _next - 1; i >= Math.Max(0, _next - Capacity); i--)
        {
            yield return _ring[(int)(i % Capacity)];
        }
    }

    /// <summary>At this place of the ring; the order is not that of time.</summary>
    public ref readonly Attempt this[int place] => ref _ring[place];

    /// <summary>How many are remembered.</summary>
    public int Count => (int)Math.Min(_next, Capacity);

    internal struct Attempt
    {
        public long TimeMs;
        public ulong Subject;
        public long? Number;
        /// <summary>Index in the access log; -1 while it is not logged.</summary>
        public long Index;
        public bool NamesCase;
        public bool IsNearMiss;
    }
}
