using System.Globalization;
using DataExchange.Adapters.Files.Loading;
using DataExchange.Adapters.Files.Snapshots;
using Microsoft.Extensions.Logging;

namespace DataExchange.Adapters.Files.Watching;

/// <summary>
/// One dataset's file: the last good snapshot, and what is wrong with the file that lies there now. One thread looks; any thread reads.
/// </summary>
internal sealed partial class DropFile(FilesSettings settings, FilesDataset dataset, TimeProvider clock, FilesMetrics metrics, ILogger logger)
{
    private readonly string _path = Path.Combine(settings.Folder, dataset.File);
    private volatile Snapshot? _current;
    private volatile FileRefusal? _trouble;
    private (FileStamp? File, FileStamp? Count) _seen;
    private long _seenAt;
    private (FileStamp? File, FileStamp? Count)? _settled;

    public FilesDataset Dataset => dataset;

    /// <summary>What questions are answered from; null until a first file was read whole.</summary>
    public Snapshot? Current => _current;

    /// <summary>What is wrong with the file that lies there now, or null.</summary>
    public FileRefusal? Trouble => _trouble;

    /// <summary>Looks at the file once, and reads it when it is new and has settled.</summary>
    /// <param name="hinted">Something in the folder changed, so the content is compared even if length and time are as before.</param>
    /// <param name="patient">Whether a new file has to stand still first. Not at the start: nobody is served meanwhile.</param>
    /// <returns>True when a new file still has to settle and wants another look soon.</returns>
    public bool Look(bool hinted, bool patient)
    {
        var stamp = Stamp();
        if (stamp == _settled && !hinted)
        {
            return false;
        }

        if (stamp != _seen)
        {
            (_seen, _seenAt) = (stamp, clock.GetTimestamp());
        }

        if (patient && stamp != _settled && clock.GetElapsedTime(_seenAt) < settings.SettleFor)
        {
            return true;
        }

        try
        {
            var read = Read();
            if (Stamp() != stamp)
            {
                // It may be half of the one and half of the other: a later look reads what it has become.
                Refuse(FileRefusal.Changed());
                return true;
            }

            Take(read);
            _settled = stamp;
        }
        catch (FileRefusal refusal)
        {
            _settled = Stamp() == stamp ? stamp : null;
            Refuse(refusal);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Not settled: what keeps it from being read may go away without a trace in length and time.
            _settled = null;
            Refuse(FileRefusal.Unreadable(exception));
        }

        return false;
    }

    /// <summary>A look ended in a way nobody foresaw. The last good file keeps serving, readiness says so, and the next look tries again.</summary>
    public void Fail(Exception exception)
    {
        _settled = null;
        Refuse(FileRefusal.Defect(exception));
    }

    private (FileStamp? File, FileStamp? Count) Stamp() =>
        (FileStamp.Of(_path), dataset.RowCountFile is { } name ? FileStamp.Of(Path.Combine(settings.Folder, name)) : null);

    private Snapshot Read()
    {
        try
        {
            using var file = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 64 * 1024, FileOptions.SequentialScan);
            return file.Length <= settings.MaxFileBytes ? CsvLoader.Load(dataset, file, AnnouncedRows()) : throw FileRefusal.TooLarge();
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw FileRefusal.Missing();
        }
    }

    private long? AnnouncedRows()
    {
        if (dataset.RowCountFile is not { } name)
        {
            return null;
        }

        using var reader = new StreamReader(Path.Combine(settings.Folder, name));
        Span<char> text = stackalloc char[32];
        var length = reader.ReadBlock(text);
        return long.TryParse(text[..length].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var rows) ? rows : throw FileRefusal.RowCount();
    }

    private void Take(Snapshot read)
    {
        var isNew = _current is null || !_current.Digest.AsSpan().SequenceEqual(read.Digest);
        if (isNew)
        {
            _current = read;
            metrics.Ended(dataset.Map.Code, "loaded");
            Log.Loaded(logger, dataset.Map.Code, dataset.File, read.Rows);
        }

        _trouble = null;
    }

    private void Refuse(FileRefusal refusal)
    {
        // The same trouble again is no news: an absent file is looked for every few seconds.
        var isNews = _trouble is not { } known || known.Message != refusal.Message;
        if (isNews)
        {
            metrics.Ended(dataset.Map.Code, refusal.Code);
            Log.Refused(logger, dataset.Map.Code, dataset.File, refusal.Code, refusal.Message, _current is null ? "nothing" : "the last good file");
        }

        _trouble = refusal;
    }

    private static partial class Log
    {
        [LoggerMessage(7201, LogLevel.Information, "Serving {Dataset} from {File}: {Rows} rows")]
        public static partial void Loaded(ILogger logger, string dataset, string file, int rows);

        [LoggerMessage(7202, LogLevel.Error, "Refused the file of {Dataset}, {File}: {Code}. {Detail} Serving {Instead}")]
        public static partial void Refused(ILogger logger, string dataset, string file, string code, string detail, string instead);
    }
}
