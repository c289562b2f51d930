using System.Collections.Concurrent;
using DataExchange.Contracts.Calendars;
using DataExchange.Policy.Anomalies.Rules;

namespace DataExchange.Policy.Anomalies;

/// <summary>
/// Counts what officials look up and compares it with the rules. Deterministic: the same attempts in the same order give the same findings.
/// Explainable: a finding is two integers, what they were made from, and the entries of the log. O(1) for an attempt but for the first of
/// an hour; allocates nothing lasting but for people, datasets and officials seen for the first time. Safe for concurrent use; attempts of
/// one official wait for each other.
/// </summary>
/// <remarks>
/// Systems are not watched: an attempt without a person behind it has no working hours, and agreements limit it by quotas. Memory is bounded
/// by <paramref name="capacity"/> officials of at most about 8 KB, and the people they saw in the present hour and day; when there are more,
/// the sixteenth part that was idle longest is forgotten and begins anew as newcomers.
/// </remarks>
public sealed class AnomalyEngine(int capacity = AnomalyEngine.DefaultCapacity)
{
    public const int DefaultCapacity = 20_000;

    private readonly ConcurrentDictionary<Official, OfficialHistory> _officials = new();
    private readonly Lock _forgetting = new();
    private volatile bool _hasBaseline = true;

    /// <summary>How many officials are remembered.</summary>
    public int Officials => _officials.Count;

    /// <summary>Counts an attempt, before it is decided, and says what the rules find.</summary>
    public Observation Observe(Official official, in AccessAttempt attempt, AnomalyRuleSet rules, WorkingCalendar calendar)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(calendar);
        var hour = LocalTime.Hour(attempt.TimeMs, calendar);
        var office = OfficeHours.Of(rules, calendar);
        var history = HistoryOf(official, hour);
        lock (history)
        {
            history.LastMs = Math.Max(history.LastMs, attempt.TimeMs);
            history.Baseline.Advance(hour, office);
            history.Today.Advance(LocalTime.Day(hour));
            history.Baseline.Add(attempt.Subject);
            history.Today.WithoutCase += attempt.NamesCase ? 0 : 1;
            history.Today.OutOfHours += office.Contains(hour) ? 0 : 1;
            var datasets = history.Today.Datasets(attempt.Subject, attempt.Dataset);
            var id = history.Recent.Add(attempt);
            return new Observation(official, id, Check(new RuleContext(history, attempt, rules, office, hour, _hasBaseline), datasets));
        }
    }

    /// <summary>Adds how an attempt that was observed ended.</summary>
    /// <param name="observation">What <see cref="Observe"/> returned.</param>
    /// <param name="index">Its entry in the access log: the intent's or the refusal's.</param>
    /// <param name="problem">The code it was refused with; null when it was not.</param>
    public void Conclude(in Observation observation, long index, string? problem)
    {
        if (observation.IsWatched && _officials.TryGetValue(observation.Official, out var history))
        {
            lock (history)
            {
                history.Recent.Conclude(observation.Attempt, index, NearMiss.Is(problem));
            }
        }
    }

    /// <summary>The finding was not kept: the next attempt beyond the threshold is a new one again.</summary>
    public void Unfind(Official official, string rule)
    {
        if (_officials.TryGetValue(official, out var history))
        {
            lock (history)
            {
                history.Unfind(rule);
            }
        }
    }

    /// <summary>Forgets every hour before the present one, for <see cref="Recall"/> to add them. Until <see cref="CompleteRecall"/>, nobody has an average.</summary>
    public void BeginRecall()
    {
        _hasBaseline = false;
        foreach (var (_, history) in _officials)
        {
            lock (history)
            {
                history.Baseline.ForgetEarlier();
            }
        }
    }

    /// <summary>Every hour before the present one is there.</summary>
    public void CompleteRecall() => _hasBaseline = true;

    /// <summary>
    /// Adds to the baseline that an official looked up some person in an hour before now. For a start, from the log; each person once an hour.
    /// </summary>
    public void Recall(Official official, long timeMs, ulong subject, long nowMs, AnomalyRuleSet rules, WorkingCalendar calendar)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(calendar);
        var (hour, now) = (LocalTime.Hour(timeMs, calendar), LocalTime.Hour(nowMs, calendar));
        if (hour < now - HourlyBaseline.Hours)
        {
            return;
        }

        var office = OfficeHours.Of(rules, calendar);
        var history = HistoryOf(official, now);
        lock (history)
        {
            history.LastMs = Math.Max(history.LastMs, timeMs);
            history.Baseline.Advance(now, office);
            if (hour == history.Baseline.Hour)
            {
                history.Baseline.Add(subject);
            }
            else
            {
                history.Baseline.AddEarlier(hour, office);
            }
        }
    }

    private static List<AnomalySignal>? Check(in RuleContext context, int datasets)
    {
        List<AnomalySignal>? found = null;
        Add(ref found, SubjectsPerHourRule.Check(context));
        Add(ref found, NoOpenCaseRule.Check(context));
        Add(ref found, SequentialNumbersRule.Check(context));
        Add(ref found, OwnRelationRule.Check(context));
        Add(ref found, OutOfHoursRule.Check(context));
        Add(ref found, BreadthPerSubjectRule.Check(context, datasets));
        Add(ref found, NearMissesRule.Check(context));
        return found;
    }

    private static void Add(ref List<AnomalySignal>? found, AnomalySignal? signal)
    {
        if (signal is not null)
        {
            (found ??= []).Add(signal);
        }
    }

    private OfficialHistory HistoryOf(Official official, long hour)
    {
        if (_officials.TryGetValue(official, out var known))
        {
            return known;
        }

        if (_officials.Count >= capacity)
        {
            Forget();
        }

        return _officials.GetOrAdd(official, static (_, hour) => new OfficialHistory(hour), hour);
    }

    /// <summary>One at a time: whoever comes meanwhile lets the number grow a little beyond the capacity.</summary>
    private void Forget()
    {
        if (!_forgetting.TryEnter())
        {
            return;
        }

        try
        {
            foreach (var (official, _) in _officials.ToArray().OrderBy(pair => pair.Value.LastMs).Take(Math.Max(1, capacity / 16)))
            {
                _officials.TryRemove(official, out _);
            }
        }
        finally
        {
            _forgetting.Exit();
        }
    }
}
