using DataExchange.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using SQLitePCL;

namespace DataExchange.Storage.Logs;

/// <summary>
/// Moves committed pages from the write-ahead log into the database, on a thread of its own: on the commit path this would lift the
/// slowest commits fivefold. Copying runs beside commits; only starting the log over takes a turn at the write lock, when little is left to copy.
/// </summary>
/// <remarks>The log starts over in place, so commits write to blocks that the file system has given out already; it is cut only when it has grown far, or holds what was removed.</remarks>
internal sealed class WalCheckpointer : IDisposable
{
    private const long CopyBytes = 8 << 20;
    private const long RestartPages = (64 << 20) / 4096;
    private const long TruncatePages = (256 << 20) / 4096;

    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    private readonly SqliteFile _file;
    private readonly WriteTurn _turn;
    private readonly ILogger _logger;
    private readonly Thread _thread;
    private readonly SemaphoreSlim _due = new(0);
    private long _written;
    private volatile bool _removed;
    private volatile bool _stopping;

    public WalCheckpointer(SqliteFile file, WriteTurn turn, ILogger logger)
    {
        (_file, _turn, _logger) = (file, turn, logger);
        _thread = new Thread(Run) { Name = "log checkpoints", IsBackground = true };
        _thread.Start();
    }

    /// <summary>So many bytes were committed.</summary>
    public void Wrote(long bytes)
    {
        // Two writers, but never both at once: they hold the turn.
        _written += bytes;
        if (_written >= CopyBytes)
        {
            _written = 0;
            _due.Release();
        }
    }

    /// <summary>Rows were removed for good: their older pages are to leave the log soon, and not only when it has grown. The caller holds the turn.</summary>
    public void Removed()
    {
        _removed = true;
        _due.Release();
    }

    public void Dispose()
    {
        _stopping = true;
        _due.Release();
        _thread.Join();
        _due.Dispose();
    }

    private void Run()
    {
        while (true)
        {
            _due.Wait(_removed ? Again : Timeout.InfiniteTimeSpan);
            if (_stopping)
            {
                return; // The last connection to close moves what is left.
            }

            try
            {
                Checkpoint();
            }
            catch (Exception exception) when (exception is SqliteException or StorageException)
            {
                // Nothing is lost: the log only grows until a later attempt succeeds, and a full disk stops the commits by itself.
                StorageLog.CheckpointFailed(_logger, _file.Path, exception);
            }
        }
    }

    private void Checkpoint()
    {
        using var session = _file.OpenSession();
        var (_, pages) = Copy(session, "PASSIVE");
        if (pages < RestartPages && !_removed)
        {
            return;
        }

        // Once more for what was committed during the first copy: what is left then is a few commits' pages, and the turn is short.
        Copy(session, "PASSIVE");
        _turn.Enter();
        try
        {
            // A reader that stands in the old log makes this busy. It is tried again, with the next commits or in a second, rather than waited for.
            session.Execute("PRAGMA busy_timeout=20;");
            var isBusy = Copy(session, pages < TruncatePages && !_removed ? "RESTART" : "TRUNCATE").IsBusy;
            _removed &= isBusy; // Nobody removes meanwhile: the turn is ours.
        }
        finally
        {
            _turn.Leave();
        }
    }

    /// <summary>
    /// Copies in one of SQLite's modes; returns whether somebody stood in the way, and how many pages the log holds. Ends the process
    /// when the disk fails to sync the database: the system may then have dropped pages that earlier passes copied, and SQLite would
    /// copy only later ones before it starts the log over. The log still holds all of them, and a start that finds it unclosed copies
    /// everything anew.
    /// </summary>
    public (bool IsBusy, long Pages) Copy(SqliteSession session, string mode)
    {
        try
        {
            using var statement = session.Use($"PRAGMA wal_checkpoint({mode})");
            statement.Step();
            return (statement.Long(0) != 0, statement.Long(1));
        }
        catch (SqliteException exception) when (exception.SqliteExtendedErrorCode == raw.SQLITE_IOERR_FSYNC)
        {
            StorageLog.SyncFailed(_logger, _file.Path, exception);
            Environment.FailFast($"The disk under '{_file.Path}' failed to sync. Start again once it is sound: nothing acknowledged is lost.");
            throw;
        }
    }
}
