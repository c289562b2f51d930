using DataExchange.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace DataExchange.Storage.Quotas;

/// <summary>
/// <c>quota.db</c>: what agreements count. Made when the first thing is counted, so a region whose agreements count nothing has none. Losing it
/// begins every count anew; nothing else depends on it.
/// </summary>
internal sealed class QuotaFile(SqliteDataFolder folder) : IDisposable
{
    public const string FileName = "quota.db";

    private const string Version1 =
        "CREATE TABLE quota (agreement TEXT PRIMARY KEY, window INTEGER NOT NULL, given INTEGER NOT NULL) WITHOUT ROWID;" +
        "CREATE TABLE breach (agreement TEXT NOT NULL, cause TEXT NOT NULL, time INTEGER NOT NULL);" +
        "CREATE INDEX breach_by_time ON breach (agreement, cause, time);";

    private static readonly SqliteSchema Schema = new(0x64787175, [Version1]); // "dxqu"

    /// <summary>Held by whoever uses the session.</summary>
    private readonly Lock _writing = new();
    private SqliteFile? _file;
    private SqliteSession? _session;
    private bool _isClosed;

    /// <summary>Runs the work in a transaction that is durable when this completes. On another thread: the disk is waited for, and whoever asks is serving a request.</summary>
    /// <exception cref="StorageException">It cannot be written.</exception>
    public Task<T> WriteAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken) => Task.Run(() => Write(work), cancellationToken);

    public void Dispose()
    {
        lock (_writing)
        {
            _isClosed = true;
            _session?.Dispose();
            _file?.Dispose();
            (_session, _file) = (null, null);
        }
    }

    private T Write<T>(Func<SqliteSession, T> work)
    {
        lock (_writing)
        {
            if (_isClosed)
            {
                throw new StorageException($"'{FileName}' has been closed.");
            }

            try
            {
                _file ??= new SqliteFile(Path.Combine(folder.Path, FileName), Schema, "PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY;");
                _session ??= _file.OpenSession();
                var result = default(T)!;
                _session.Write(session => result = work(session));
                return result;
            }
            catch (Exception exception)
            {
                // Whether it committed is not known. The next call reads what is there.
                _session?.Dispose();
                _session = null;
                if (exception is SqliteException)
                {
                    throw new StorageException($"'{FileName}' cannot be written: {exception.Message}", exception);
                }

                throw;
            }
        }
    }
}
