using System.Globalization;
using DataExchange.Contracts.Calendars;
using DataExchange.Policy.Anomalies;

namespace DataExchange.Policy.Tests.Anomalies.Trace;

/// <summary>What the rules found of a trace, against what really happened. The unit is an official's day: that is what a reviewer looks at.</summary>
internal sealed class TraceScore
{
    private TraceScore(HashSet<(Official, long)> found, Dictionary<(Official, long), HashSet<string>> rules, Dictionary<(Official, long), Intrusion> real)
    {
        TruePositives = found.Count(real.ContainsKey);
        FalsePositives = found.Count - TruePositives;
        FalseNegatives = real.Count - TruePositives;
        Kinds = [.. real.GroupBy(day => day.Value).OrderBy(kind => kind.Key).Select(kind => (kind.Key, kind.Count(day => found.Contains(day.Key)), kind.Count()))];
        FalseRules = string.Join(", ", rules.Where(d => !real.ContainsKey(d.Key)).SelectMany(d => d.Value).GroupBy(r => r, StringComparer.Ordinal).Select(g => $"{g.Key} {g.Count()}"));
        IntrudersFound = real.Keys.Where(found.Contains).Select(day => day.Item1).Distinct().Count();
        Intruders = real.Keys.Select(day => day.Item1).Distinct().Count();
    }

    public int TruePositives { get; }

    public int FalsePositives { get; }

    public int FalseNegatives { get; }

    /// <summary>Days found and days there were, by kind.</summary>
    public IReadOnlyList<(Intrusion Kind, int Found, int Days)> Kinds { get; }

    /// <summary>Which rules were wrong, and how often.</summary>
    public string FalseRules { get; }

    public int IntrudersFound { get; }

    public int Intruders { get; }

    /// <summary>Of the days found, those with an intrusion, in thousandths, rounded down.</summary>
    public int Precision => TruePositives * 1000 / (TruePositives + FalsePositives);

    /// <summary>Of the days with an intrusion, those found, in thousandths, rounded down.</summary>
    public int Recall => TruePositives * 1000 / (TruePositives + FalseNegatives);

    public static TraceScore Of(IReadOnlyList<TraceEvent> trace, AnomalyRuleSet rules)
    {
        var engine = new AnomalyEngine();
        var found = new HashSet<(Official, long)>();
        var byRule = new Dictionary<(Official, long), HashSet<string>>();
        var real = new Dictionary<(Official, long), Intrusion>();
        for (var index = 0; index < trace.Count; index++)
        {
            var (official, attempt, problem, intrusion) = trace[index];
            var observation = engine.Observe(official, attempt, rules, WorkingCalendar.China);
            engine.Conclude(observation, index, problem);
            if (attempt.TimeMs < OfficeTrace.MeasuredFromMs)
            {
                continue;
            }

            var day = (official, (attempt.TimeMs + 28_800_000) / 86_400_000);
            if (observation.Signals is not null)
            {
                found.Add(day);
                byRule.TryAdd(day, new HashSet<string>(StringComparer.Ordinal));
                byRule[day].UnionWith(observation.Signals.Select(s => s.Rule));
            }

            if (intrusion is { } kind)
            {
                real[day] = kind;
            }
        }

        return new TraceScore(found, byRule, real);
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"precision {Precision / 1000m:0.000}, recall {Recall / 1000m:0.000}; {TruePositives} true, {FalsePositives} false, {FalseNegatives} missed; {IntrudersFound} of {Intruders} intruders; {string.Join(", ", Kinds.Select(k => $"{k.Kind} {k.Found}/{k.Days}"))}; wrongly: {FalseRules}");
}
