using System.Globalization;
using DataExchange.Contracts.Calendars;
using DataExchange.Policy.Anomalies;
using DataExchange.Policy.Tests.Anomalies.Trace;

namespace DataExchange.Policy.Tests.Anomalies;

/// <summary>Precision and recall on seeded traces with known intruders: the figures of <c>contracts/anomaly-rules.md</c>.</summary>
public class AnomalyTraceTests(ITestOutputHelper output)
{
    /// <summary>The thresholds were chosen on the seeds 1 to 4; these were not looked at.</summary>
    private static readonly ulong[] HeldOut = [11, 12, 13, 14, 15];

    private static readonly Lazy<IReadOnlyList<TraceScore>> Scores = new(() => [.. HeldOut.Select(seed => TraceScore.Of(OfficeTrace.Make(seed), AnomalyRuleSet.Recommended))]);

    private static readonly string Document = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "contracts", "anomaly-rules.md"));

    [Fact]
    public void The_recommended_rules_find_intruders_as_precisely_as_the_document_says()
    {
        var scores = Scores.Value;
        var rows = HeldOut.Zip(scores, Row).ToList();
        foreach (var (row, score) in rows.Zip(scores))
        {
            output.WriteLine($"{row} {score}");
        }

        var (right, wrong, missed) = (scores.Sum(s => s.TruePositives), scores.Sum(s => s.FalsePositives), scores.Sum(s => s.FalseNegatives));
        output.WriteLine($"all: precision {Thousandths(right, wrong)}, recall {Thousandths(right, missed)}");
        Assert.All(rows, row => Assert.Contains(row, Document, StringComparison.Ordinal));
        Assert.Contains($"| all | {right} | {wrong} | {missed} | {Thousandths(right, wrong)} | {Thousandths(right, missed)} |", Document, StringComparison.Ordinal);
        Assert.InRange(right * 1000 / (right + wrong), 950, 1000);
        Assert.InRange(right * 1000 / (right + missed), 850, 1000);
        Assert.All(scores, score => Assert.Equal(score.Intruders, score.IntrudersFound));
    }

    [Fact]
    public void Every_kind_of_intruder_is_found_by_the_days_that_the_document_says()
    {
        var rows = Scores.Value.SelectMany(score => score.Kinds).GroupBy(kind => kind.Kind)
            .Select(kind => $"| {kind.Key} | {kind.Sum(k => k.Found)} | {kind.Sum(k => k.Days)} |").ToList();
        output.WriteLine(string.Join('\n', rows));
        Assert.All(rows, row => Assert.Contains(row, Document, StringComparison.Ordinal));
    }

    [Fact]
    public void Without_any_rule_nothing_is_found()
    {
        var off = new AnomalyRuleSet { Revision = 1, ExemptHours = 1 };
        var score = TraceScore.Of(OfficeTrace.Make(11), off);
        Assert.Equal((0, 0), (score.TruePositives, score.FalsePositives));
    }

    [Fact]
    public void The_same_attempts_in_the_same_order_give_the_same_findings()
    {
        var trace = OfficeTrace.Make(11);
        Assert.Equal(Findings(trace), Findings(trace));
    }

    private static List<string> Findings(IReadOnlyList<TraceEvent> trace)
    {
        var engine = new AnomalyEngine();
        var findings = new List<string>();
        for (var index = 0; index < trace.Count; index++)
        {
            var observation = engine.Observe(trace[index].Official, trace[index].Attempt, AnomalyRuleSet.Recommended, WorkingCalendar.China);
            engine.Conclude(observation, index, trace[index].Problem);
            findings.AddRange((observation.Signals ?? []).Select(s => $"{index} {s.Rule} {s.Observed} {s.Threshold} {s.IsNew} {string.Join(' ', s.Entries)} {string.Join(' ', s.Figures)}"));
        }

        return findings;
    }

    private static string Row(ulong seed, TraceScore score) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {seed} | {score.TruePositives} | {score.FalsePositives} | {score.FalseNegatives} | {Thousandths(score.TruePositives, score.FalsePositives)} | {Thousandths(score.TruePositives, score.FalseNegatives)} |");

    private static string Thousandths(int right, int others) => (right * 1000 / (right + others) / 1000m).ToString("0.000", CultureInfo.InvariantCulture);
}
