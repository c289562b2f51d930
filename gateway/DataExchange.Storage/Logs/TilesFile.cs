using DataExchange.Storage.Sqlite;
using DataExchange.TransparencyLog;

namespace DataExchange.Storage.Logs;

/// <summary><c>tiles.db</c>: derived from the batches. A crash may take back its last writes; deleting it costs the time to rebuild.</summary>
internal sealed class TilesFile(string folder) : IDisposable
{
    public const string FileName = "tiles.db";

    /// <summary>
    /// Search keys stand in segments of 2^17 entries. Keys are hashes, so each lands anywhere in its tree: in one tree over a large log
    /// every key would dirty a page of its own. A segment has some 2,000 pages, however long the log; a search looks into each segment once.
    /// </summary>
    public const int SegmentBits = 17;

    private const string Pragmas = "PRAGMA synchronous=NORMAL; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16384;";

    private readonly Lock _gate = new(); // One writer at a time: the two logs' publishers.
    private SqliteSession? _session;

    public SqliteFile File { get; } = new(Path.Combine(folder, FileName), Schema, Pragmas);

    private static SqliteSchema Schema { get; } = new(0x64787469, [Tables(LogNames.Access) + Tables(LogNames.Governance) + Position, Version2]); // "dxti"

    private static string Position => "CREATE TABLE position (log TEXT PRIMARY KEY, size INTEGER NOT NULL, note TEXT) WITHOUT ROWID;";

    private static string Version2 =>
        $"""
        {Segmented(LogNames.Access)}
        {Segmented(LogNames.Governance)}
        CREATE TABLE scrub (log TEXT PRIMARY KEY, size INTEGER NOT NULL, edge BLOB NOT NULL, began INTEGER NOT NULL, completed INTEGER,
          damaged_before INTEGER NOT NULL, damaged INTEGER NOT NULL) WITHOUT ROWID;
        """;

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

    /// <summary>The same, and on the disk when it returns.</summary>
    public void WriteDurably(Action<SqliteSession> work)
    {
        lock (_gate)
        {
            using var session = File.OpenSession();
            session.Execute("PRAGMA synchronous=FULL");
            session.Write(work);
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

    private static string Segmented(string log) =>
        $"""
        CREATE TABLE {log}_search (segment INTEGER NOT NULL, key BLOB NOT NULL, log_index INTEGER NOT NULL, PRIMARY KEY (segment, key, log_index)) WITHOUT ROWID;
        INSERT INTO {log}_search SELECT log_index >> {SegmentBits}, key, log_index FROM {log}_key;
        DROP TABLE {log}_key;
        """;
}
