using DataExchange.Policy.Quotas;
using DataExchange.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace DataExchange.Storage.Quotas;

/// <summary>
/// Places in quotas, in <c>quota.db</c>: a row an agreement, with the window it last gave places of. Made when the first place is asked for, so
/// a region without quotas has none. Losing the file begins every window anew; nothing else depends on it.
/// </summary>
internal sealed class SqliteQuotaStore(SqliteDataFolder folder) : IQuotaStore, IDisposable
{
    public const string FileName = "quota.db";

    private static readonly SqliteSchema Schema = new(
        0x64787175, // "dxqu"
        ["CREATE TABLE quota (agreement TEXT PRIMARY KEY, window INTEGER NOT NULL, given INTEGER NOT NULL) WITHOUT ROWID;"]);

    /// <summary>Held by whoever uses the session.</summary>
    private readonly Lock _writing = new();
    private SqliteFile? _file;
    private SqliteSession? _session;
    private bool _isClosed;

    // On another thread: the disk is waited for, and whoever asks is serving a request.
    public ValueTask<QuotaBlock> TakeAsync(string agreement, long windowMs, int count, int limit, CancellationToken cancellationToken) =>
        new(Task.Run(() => Write(session => Take(session, agreement, windowMs, count, limit)), cancellationToken));

    public async ValueTask ReturnAsync(string agreement, long windowMs, QuotaBlock unused, CancellationToken cancellationToken) =>
        await Task.Run(
            () => Write(session =>
            {
                using var update = session.Use("UPDATE quota SET given = ?1 WHERE agreement = ?2 AND window = ?3 AND given = ?4");
                return update.Bind(1, unused.First).Bind(2, agreement).Bind(3, windowMs).Bind(4, unused.End).Run();
            }),
            cancellationToken);

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

    private static QuotaBlock Take(SqliteSession session, string agreement, long windowMs, int count, int limit)
    {
        var (window, given) = (windowMs, 0);
        using (var select = session.Use("SELECT window, given FROM quota WHERE agreement = ?1").Bind(1, agreement))
        {
            if (select.Step() && select.Long(0) >= windowMs)
            {
                (window, given) = (select.Long(0), (int)select.Long(1));
            }
        }

        var taken = window == windowMs ? Math.Clamp(limit - given, 0, count) : 0;
        if (taken > 0)
        {
            using var upsert = session.Use("INSERT OR REPLACE INTO quota (agreement, window, given) VALUES (?1, ?2, ?3)");
            upsert.Bind(1, agreement).Bind(2, windowMs).Bind(3, given + taken).Run();
        }

        return new QuotaBlock(given, taken);
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
                // Whether it committed is not known. What it took is then lost and not given twice: the next call reads what is there.
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
