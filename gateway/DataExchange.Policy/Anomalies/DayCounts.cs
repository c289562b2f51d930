namespace DataExchange.Policy.Anomalies;

/// <summary>What an official did on one local day.</summary>
internal sealed class DayCounts
{
    /// <summary>People whose datasets are told apart; an official with more in a day is found by the hour.</summary>
    private const int MaxSubjects = 2048;

    private readonly Dictionary<ulong, int> _breadth = [];
    private readonly HashSet<(ulong Subject, string Dataset)> _seen = [];

    /// <summary>Days since 1 January 1970, local.</summary>
    public long Day { get; private set; } = long.MinValue;

    public int WithoutCase { get; set; }

    public int OutOfHours { get; set; }

    /// <summary>Goes on to this day; an earlier one changes nothing.</summary>
    public void Advance(long day)
    {
        if (day > Day)
        {
            (Day, WithoutCase, OutOfHours) = (day, 0, 0);
            _breadth.Clear();
            _seen.Clear();
        }
    }

    /// <summary>Different datasets asked about this person today, this one included.</summary>
    public int Datasets(ulong subject, string dataset)
    {
        if (!_breadth.TryGetValue(subject, out var count) && _breadth.Count >= MaxSubjects)
        {
            return 0;
        }

        if (_seen.Add((subject, dataset)))
        {
            _breadth[subject] = ++count;
        }

        return count;
    }
}
