using System.Globalization;
using DataExchange.Policy.Rules;

namespace DataExchange.Policy.Cases;

/// <summary>What completed cases of a matter came to in one month, in UTC.</summary>
/// <param name="Month"><c>yyyy-mm</c>.</param>
/// <param name="Cases">Cases completed.</param>
/// <param name="DocumentsSpared">Documents that nobody had to carry.</param>
/// <param name="CountersSpared">Counters that nobody had to visit.</param>
public sealed record MatterMonth(string Month, int Cases, int DocumentsSpared, int CountersSpared);

/// <summary>Counts completed cases: a function of the rules, and so the same whenever they are rebuilt from the log. The cases of a person who was erased no longer count.</summary>
public static class MatterStatistics
{
    public static IReadOnlyList<MatterMonth> Of(string matter, RegionSnapshot rules) =>
    [
        .. rules.Cases.All
            .Where(@case => @case.Matter == matter && @case is { State: CaseState.Completed, Ended: not null })
            .GroupBy(@case => @case.Ended!.Value.UtcDateTime.ToString("yyyy-MM", CultureInfo.InvariantCulture))
            .OrderBy(month => month.Key, StringComparer.Ordinal)
            .Select(month => new MatterMonth(month.Key, month.Count(), month.Sum(@case => @case.DocumentsSpared ?? 0), month.Sum(@case => @case.CountersSpared ?? 0))),
    ];
}
