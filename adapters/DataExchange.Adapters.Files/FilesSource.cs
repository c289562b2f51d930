using System.Collections.Frozen;
using System.Globalization;
using DataExchange.Adapters.Fields;
using DataExchange.Adapters.Files.Watching;
using DataExchange.Adapters.Hosting;
using DataExchange.Adapters.Records;
using Microsoft.Extensions.Logging;

namespace DataExchange.Adapters.Files;

/// <summary>Answers from CSV files in a drop folder, each held in memory as it was last read whole.</summary>
public sealed class FilesSource : IRecordSource
{
    private readonly FrozenDictionary<string, DropFile> _files;
    private readonly FolderWatch _watch;

    /// <summary>Reads nothing yet.</summary>
    public FilesSource(FilesSettings settings, SourceContext context)
    {
        var logger = context.Loggers.CreateLogger<FilesSource>();
        var metrics = new FilesMetrics(context.Meters);
        _files = settings.Datasets
            .Select(dataset => new DropFile(settings, dataset, context.Clock, metrics, logger))
            .ToFrozenDictionary(file => file.Dataset.Map.Code, StringComparer.Ordinal);
        _watch = new FolderWatch(settings, _files.Values, context.Clock, logger);
        Datasets = [.. settings.Datasets.Select(dataset => dataset.Map)];
    }

    /// <inheritdoc/>
    public IReadOnlyCollection<DatasetMap> Datasets { get; }

    /// <inheritdoc/>
    public async ValueTask StartAsync(CancellationToken cancellationToken) => await _watch.StartAsync();

    /// <inheritdoc/>
    public ValueTask<SourceRecord?> FindAsync(SourceQuestion question, CancellationToken cancellationToken)
    {
        // Taken once: a file that is replaced meanwhile does not mix into the answer.
        var snapshot = _files[question.Dataset.Code].Current ?? throw SourceException.Unavailable("No whole file of the dataset has been read yet.");
        var row = snapshot.Find(question.Subject);
        return ValueTask.FromResult(row < 0 ? null : new SourceRecord(question.Subject, [.. question.Fields.Select(field => snapshot.Value(row, field))]));
    }

    /// <inheritdoc/>
    public ValueTask<SourceHealth> CheckAsync(CancellationToken cancellationToken)
    {
        var (state, details) = (SourceState.Ready, new Dictionary<string, string>());
        foreach (var (code, file) in _files)
        {
            var (snapshot, trouble) = (file.Current, file.Trouble);
            var own = snapshot is null ? SourceState.Unavailable : trouble is null ? SourceState.Ready : SourceState.Degraded;
            state = own < state ? own : state;
            details[code] = string.Create(CultureInfo.InvariantCulture, $"{(snapshot is null ? "no rows" : $"{snapshot.Rows} rows")}{(trouble is null ? "" : $"; the file there now is refused, {trouble.Code}: {trouble.Message}")}");
        }

        return ValueTask.FromResult(new SourceHealth(state, details));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _watch.DisposeAsync();
}
