namespace DataExchange.Policy.Anomalies;

/// <summary>What is remembered of one official: at most about 8 KB, less for whoever looks up few people.</summary>
internal sealed class OfficialHistory(long hour)
{
    public HourlyBaseline Baseline { get; } = new(hour);

    public DayCounts Today { get; } = new();

    public RecentAttempts Recent { get; } = new();

    /// <summary>Time of the newest attempt.</summary>
    public long LastMs { get; set; }

    private readonly Dictionary<string, long> _found = new(StringComparer.Ordinal);

    /// <summary>True the first time that a rule is found in a window.</summary>
    public bool IsFirst(string rule, long windowEndMs)
    {
        if (_found.GetValueOrDefault(rule, long.MinValue) >= windowEndMs)
        {
            return false;
        }

        _found[rule] = windowEndMs;
        return true;
    }

    /// <summary>As if the rule had not been found in its newest window.</summary>
    public void Unfind(string rule) => _found.Remove(rule);
}
