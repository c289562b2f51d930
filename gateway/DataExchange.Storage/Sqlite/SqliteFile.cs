using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace DataExchange.Storage.Sqlite;

/// <summary>One database file: made with its schema for its owner only, opened with its settings, read through a few shared sessions.</summary>
internal sealed class SqliteFile : IDisposable
{
    private const int MaxIdleReaders = 8;
    private const string ReadOnly = "PRAGMA query_only=ON;";

    private readonly ConcurrentBag<SqliteSession> _readers = [];
    private readonly string _pragmas;
    private int _generation;

    /// <param name="path">Where it stands.</param>
    /// <param name="schema">What it must hold.</param>
    /// <param name="pragmas">Settings of every session that writes.</param>
    /// <exception cref="StorageException">It cannot be used.</exception>
    public SqliteFile(string path, SqliteSchema schema, string pragmas)
    {
        Path = path;
        _pragmas = pragmas;
        try
        {
            CreateForOwner(path);
            using var session = OpenSession();
            KeepWriteAheadLog(session, path);
            schema.Apply(session, path);
        }
        catch (Exception exception) when (exception is SqliteException or UnauthorizedAccessException or (IOException and not StorageException))
        {
            throw new StorageException(SqliteErrors.Explain(path, exception), exception);
        }
    }

    public string Path { get; }

    /// <summary>A session that writes. The caller disposes it.</summary>
    /// <exception cref="StorageException">The file cannot be opened.</exception>
    public SqliteSession OpenSession()
    {
        try
        {
            return new SqliteSession(Path, _pragmas);
        }
        catch (SqliteException exception)
        {
            throw new StorageException(SqliteErrors.Explain(Path, exception), exception);
        }
    }

    /// <summary>A session that reads, for a read that is too long for <see cref="Read"/>. The caller disposes it.</summary>
    /// <exception cref="StorageException">The file cannot be opened.</exception>
    public SqliteSession OpenReader()
    {
        try
        {
            return new SqliteSession(Path, ReadOnly);
        }
        catch (SqliteException exception)
        {
            throw new StorageException(SqliteErrors.Explain(Path, exception), exception);
        }
    }

    /// <summary>Runs a read on a session of its own. Keep it short: an open read keeps the write-ahead log from starting over.</summary>
    /// <exception cref="StorageException">The file cannot be read.</exception>
    public T Read<T>(Func<SqliteSession, T> read)
    {
        var generation = Volatile.Read(ref _generation);
        SqliteSession? session = null;

        // A session that failed, or that was opened before the file was dropped, is not used again.
        var healthy = false;
        try
        {
            session = _readers.TryTake(out var idle) ? idle : new SqliteSession(Path, ReadOnly);
            var result = read(session);
            healthy = generation == Volatile.Read(ref _generation) && _readers.Count < MaxIdleReaders;
            return result;
        }
        catch (SqliteException exception)
        {
            throw new StorageException(SqliteErrors.Explain(Path, exception), exception);
        }
        finally
        {
            if (healthy)
            {
                _readers.Add(session!);
            }
            else
            {
                session?.Dispose();
            }
        }
    }

    /// <summary>Closes idle readers, and those in use when they are done: the next read opens the file anew.</summary>
    public void DropReaders()
    {
        Interlocked.Increment(ref _generation);
        while (_readers.TryTake(out var session))
        {
            session.Dispose();
        }
    }

    public void Dispose() => DropReaders();

    // SQLite falls back to its older journal where a file system cannot share memory, and says so only in its answer.
    private static void KeepWriteAheadLog(SqliteSession session, string path)
    {
        using var mode = session.Use("PRAGMA journal_mode=WAL");
        if (!mode.Step() || mode.Text(0) != "wal")
        {
            throw new StorageException($"The file system under '{path}' cannot hold a write-ahead log. Put the data folder on a local disk.");
        }
    }

    // Before SQLite sees it: the write-ahead log and the shared-memory file take the database's own mode.
    private static void CreateForOwner(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        new FileStream(path, options).Dispose();
    }
}
