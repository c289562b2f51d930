using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace DataExchange.Adapters.Files.Watching;

/// <summary>
/// Looks at the drop files on one thread: every few seconds, and at once when the system reports a change. Reports are hints only: on a
/// network share, or when there are too many, none may come.
/// </summary>
internal sealed partial class FolderWatch : IAsyncDisposable
{
    private readonly FilesSettings _settings;
    private readonly IReadOnlyList<DropFile> _files;
    private readonly HashSet<string> _names;
    private readonly ILogger _logger;
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly ITimer _clockwork;
    private readonly ITimer _settling;
    private FileSystemWatcher? _watcher;
    private Task _looking = Task.CompletedTask;
    private bool _hinted;
    private bool _unwatched;

    public FolderWatch(FilesSettings settings, IReadOnlyList<DropFile> files, TimeProvider clock, ILogger logger)
    {
        (_settings, _files, _logger) = (settings, files, logger);
        _names = [.. files.SelectMany(file => new[] { file.Dataset.File, file.Dataset.RowCountFile }).OfType<string>()];
        _clockwork = clock.CreateTimer(_ => Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _settling = clock.CreateTimer(_ => Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Reads what lies there, then keeps looking until disposed.</summary>
    public async Task StartAsync()
    {
        // Watch first: a file replaced while the first look reads it is then noticed.
        Watch();
        await Task.Run(() => LookAtAll(hinted: false, patient: false));
        _looking = Task.Run(LookUntilClosedAsync);
        _clockwork.Change(_settings.LookEvery, _settings.LookEvery);
    }

    public async ValueTask DisposeAsync()
    {
        await _clockwork.DisposeAsync();
        await _settling.DisposeAsync();
        _watcher?.Dispose();
        _wake.Writer.TryComplete();
        await _looking;
    }

    private async Task LookUntilClosedAsync()
    {
        await foreach (var _ in _wake.Reader.ReadAllAsync())
        {
            Watch();
            LookAtAll(Interlocked.Exchange(ref _hinted, false), patient: true);
        }
    }

    private void LookAtAll(bool hinted, bool patient)
    {
        var unsettled = false;
        foreach (var file in _files)
        {
            try
            {
                unsettled |= file.Look(hinted, patient);
            }
            catch (Exception exception)
            {
                // A defect with one file must not end the looking at all. Its message may quote a row.
                Log.Defect(_logger, file.Dataset.File, exception.GetType().FullName, exception.StackTrace);
                file.Fail(exception);
            }
        }

        if (unsettled)
        {
            _settling.Change(_settings.SettleFor, Timeout.InfiniteTimeSpan);
        }
    }

    private void Wake() => _wake.Writer.TryWrite(true);

    // Not for the neighbours: an export that is written beside ours for minutes must not have ours read again and again.
    private void Hint(string? name)
    {
        if (name is null || _names.Contains(name))
        {
            Hint();
        }
    }

    private void Hint()
    {
        Interlocked.Exchange(ref _hinted, true);
        Wake();
    }

    // The folder may come later than the adapter, so this is tried at every look until it works.
    private void Watch()
    {
        if (_watcher is not null || !Directory.Exists(_settings.Folder))
        {
            return;
        }

        FileSystemWatcher? watcher = null;
        try
        {
            watcher = new FileSystemWatcher(_settings.Folder) { NotifyFilter = NotifyFilters.FileName | NotifyFilters.LastWrite | NotifyFilters.Size };
            watcher.Changed += (_, change) => Hint(change.Name);
            watcher.Created += (_, change) => Hint(change.Name);
            watcher.Renamed += (_, change) => Hint(change.Name);
            watcher.Deleted += (_, change) => Hint(change.Name);
            watcher.Error += (_, _) => Hint();
            watcher.EnableRaisingEvents = true;
            _watcher = watcher;
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or UnauthorizedAccessException)
        {
            watcher?.Dispose();
            if (!_unwatched)
            {
                _unwatched = true; // Said once: it is tried at every look.
                Log.NotWatched(_logger, exception.GetType().Name);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(7211, LogLevel.Warning, "The drop folder cannot be watched ({Type}): replaced files are noticed at the next regular look")]
        public static partial void NotWatched(ILogger logger, string type);

        [LoggerMessage(7212, LogLevel.Error, "Looking at {File} failed by {Type}\n{Place}")]
        public static partial void Defect(ILogger logger, string file, string? type, string? place);
    }
}
