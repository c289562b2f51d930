using System.Globalization;
using DataExchange.Cli.Output;
using DataExchange.Contracts.Scorecards;

namespace DataExchange.Cli.Scorecards;

/// <summary>A scorecard that was recomputed.</summary>
/// <param name="Period">The month.</param>
/// <param name="IsComplete">Whether every figure was recomputed, or those that stand in the open.</param>
/// <param name="Recomputed">The card as recomputed; without facts, its sealed figures are nothing.</param>
/// <param name="Differences">Figures that differ, by path; empty when none does.</param>
internal sealed record ScorecardReport(string Period, bool IsComplete, Scorecard Recomputed, IReadOnlyList<string> Differences)
    : Report(
        Differences.Count == 0,
        Differences.Count == 0 ? FindingCode.Verified : FindingCode.ScorecardMismatch,
        Differences.Count > 0 ? $"The scorecard of {Period} is not what the logs say: {string.Join("; ", Differences.Take(5))}."
        : IsComplete ? $"Every figure of the scorecard of {Period} is what the logs say."
        : $"Every figure of the scorecard of {Period} that stands in the open is what the logs say; the others need --facts.")
{
    public override IEnumerable<(string Name, string Value)> Facts() =>
    [
        ("requested", Number(Recomputed.Totals.Requested)),
        ("released", Number(Recomputed.Totals.Released)),
        ("refused", Number(Recomputed.Totals.Refused)),
        ("failed", Number(Recomputed.Totals.Failed)),
        ("findings", Number(Recomputed.Totals.Findings)),
        ("departments", Number(Recomputed.Departments.Count)),
    ];

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
