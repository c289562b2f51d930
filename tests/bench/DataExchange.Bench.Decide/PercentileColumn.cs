using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace DataExchange.Bench.Decide;

/// <summary>A percentile of the measured times that BenchmarkDotNet has no column for, in µs.</summary>
public sealed class PercentileColumn(int percentile) : IColumn
{
    public string Id => ColumnName;

    public string ColumnName => string.Create(CultureInfo.InvariantCulture, $"P{percentile}");

    public bool AlwaysShow => true;

    public ColumnCategory Category => ColumnCategory.Statistics;

    public int PriorityInCategory => 1;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Time;

    public string Legend => string.Create(CultureInfo.InvariantCulture, $"Percentile {percentile}");

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase) =>
        string.Create(CultureInfo.InvariantCulture, $"{summary[benchmarkCase]!.ResultStatistics!.Percentiles.Percentile(percentile) / 1000:0.00} μs");

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);

    public bool IsAvailable(Summary summary) => true;

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;
}
