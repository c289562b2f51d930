using DataExchange.Storage.Sqlite;
using DataExchange.TransparencyLog;

namespace DataExchange.Storage.Logs;

/// <summary><c>tiles.db</c>: derived from the batches. A crash may take back its last writes; deleting it costs the time to rebuild.</summary>
internal sealed class TilesFile(string folder) : IDisposable
{
    public const string FileName = "tiles.db";

    private const string Pragmas = "PRAGMA synchronous=NORMAL; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16384;";

    private readonly Lock _gate = new(); // One writer at a time: the two logs' publishers.
    private SqliteSession? _session;

    public SqliteFile File { get; } = new(Path.Combine(folder, FileName), Schema, Pragmas);

    private static SqliteSchema Schema { get; } = new(0x64787469, [Tables(LogNames.Access) + Tables(LogNames.Governance) + Position]); // "dxti"

    private static string Position => "CREATE TABLE position (log TEXT PRIMARY KEY, size INTEGER NOT NULL, note TEXT) WITHOUT ROWID;";

    /// <summary>All or nothing. A session that failed is replaced at the next write.</summary>
    public void Write(Action<SqliteSession> work)
    {
        lock (_gate)
        {
            var session = _session ?? File.OpenSession();
            _session = null;
            try
            {
                session.Write(work);
                _session = session;
            }
            finally
            {
                if (_session is null)
                {
                    session.Dispose();
                }
            }
        }
    }

    public void Dispose()
    {
        _session?.Dispose();
        File.Dispose();
    }

    private static string Tables(string log) =>
        $"""
        CREATE TABLE {log}_tile (level INTEGER NOT NULL, tile INTEGER NOT NULL, hashes BLOB NOT NULL, PRIMARY KEY (level, tile));
        CREATE TABLE {log}_key (key BLOB NOT NULL, log_index INTEGER NOT NULL, PRIMARY KEY (key, log_index)) WITHOUT ROWID;
        """;
}
