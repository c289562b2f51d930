namespace DataExchange.Policy.Anomalies;

/// <summary>What a rule looks at: the attempt, already counted, and the official's history with it.</summary>
internal readonly ref struct RuleContext(OfficialHistory history, in AccessAttempt attempt, AnomalyRuleSet rules, OfficeHours office, long hour, bool hasBaseline)
{
    public readonly AccessAttempt Attempt = attempt;

    public OfficialHistory History => history;

    public AnomalyRuleSet Rules => rules;

    public OfficeHours Office => office;

    /// <summary>The attempt's local hour.</summary>
    public long Hour => hour;

    /// <summary>Whether the hours before are all there; while a start still reads them from the log, an average over part of them would be wrong.</summary>
    public bool HasBaseline => hasBaseline;

    public long EndOfHour => LocalTime.EndOfHour(hour, office.Calendar);

    public long EndOfDay => LocalTime.EndOfDay(hour, office.Calendar);

    /// <summary>A finding, with the entries of those remembered attempts that it rests on.</summary>
    public AnomalySignal Signal(
        string rule, int version, AnomalyAction action, long observed, long threshold, long untilMs, Func<RecentAttempts.Attempt, bool> restsOn, params ReadOnlySpan<(string Name, long Value)> figures)
    {
        var named = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var (name, value) in figures)
        {
            named.Add(name, value);
        }

        var entries = history.Recent.NewestFirst().Where(attempt => attempt.Index >= 0 && restsOn(attempt)).Select(attempt => attempt.Index).Order().ToArray();
        return new AnomalySignal(rule, version, action, observed, threshold, named, untilMs, entries, history.IsFirst(rule, untilMs));
    }
}
