using System.Diagnostics.Metrics;
using DataExchange.Adapters.Hosting;

namespace DataExchange.Adapters.Files.Watching;

/// <summary>Counts files taken and refused.</summary>
internal sealed class FilesMetrics(IMeterFactory meters)
{
    private readonly Counter<long> _files = meters.Create(AdapterHost.MeterName)
        .CreateCounter<long>("data_exchange.adapter.files", "{file}", "Files of the drop folder by what became of them: loaded, or the code of the refusal.");

    public void Ended(string dataset, string outcome) =>
        _files.Add(1, new KeyValuePair<string, object?>("dataset", dataset), new KeyValuePair<string, object?>("outcome", outcome));
}
