using System.Diagnostics;
using System.Diagnostics.Metrics;
using DataExchange.Adapters.Hosting;

namespace DataExchange.Adapters.Questions;

/// <summary>How questions end, and how long the back end takes.</summary>
internal sealed class AdapterMetrics
{
    private readonly Counter<long> _questions;
    private readonly Histogram<double> _duration;

    public AdapterMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(AdapterHost.MeterName);
        _questions = meter.CreateCounter<long>("data_exchange.adapter.questions", "{question}", "Questions by how they ended: answered, or a problem code.");
        _duration = meter.CreateHistogram<double>("data_exchange.adapter.source.duration", "s", "Time the source took for one question.");
    }

    /// <summary>Counts one question. The dataset is one of the configured codes, or empty: never what a caller wrote.</summary>
    public void Ended(string dataset, string outcome) =>
        _questions.Add(1, new KeyValuePair<string, object?>("dataset", dataset), new KeyValuePair<string, object?>("outcome", outcome));

    public void SourceTook(string dataset, long startedAt, TimeProvider clock) =>
        _duration.Record(clock.GetElapsedTime(startedAt).TotalSeconds, new TagList { { "dataset", dataset } });
}
