using DataExchange.Storage.Sqlite;
using DataExchange.TransparencyLog;

namespace DataExchange.Storage.Logs;

/// <summary><c>exchange.db</c>: both logs and the state of the registers. The one file whose loss loses the log.</summary>
internal static class ExchangeSchema
{
    public const string FileName = "exchange.db";

    // The head is durable when COMMIT returns. Checkpoints of the write-ahead log belong to WalCheckpointer, never to a commit. What is
    // deleted is overwritten: an erasure removes rows that name a person by their handle. Batches are only ever added, and pay nothing.
    public const string Pragmas = "PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA wal_autocheckpoint=0; PRAGMA temp_store=MEMORY;";

    // Which key signs each log: the one thing that a log without its derived data would not remember.
    private const string Version2 = "CREATE TABLE log_key (log TEXT PRIMARY KEY, vkey TEXT NOT NULL) WITHOUT ROWID;";

    // Logs that were retired. Their batches stand in {log}_{generation}_batch, and nothing is written there again.
    private const string Version3 =
        "CREATE TABLE log_retired (log TEXT NOT NULL, generation INTEGER NOT NULL, origin TEXT NOT NULL, vkey TEXT NOT NULL, size INTEGER NOT NULL, " +
        "root BLOB NOT NULL, range BLOB NOT NULL, time INTEGER NOT NULL, note TEXT, adoption TEXT NOT NULL, PRIMARY KEY (log, generation)) WITHOUT ROWID;";

    public static SqliteSchema Schema { get; } = new(0x64786578, [Version1, Version2, Version3, Version4]); // "dxex"

    private static string Version4 => UnkeyedIndex(LogNames.Access) + UnkeyedIndex(LogNames.Governance);

    // A batch's large columns stand last: reading the small ones does not walk the overflow pages.
    private static string Version1 =>
        $"""
        CREATE TABLE log_head (log TEXT PRIMARY KEY, size INTEGER NOT NULL, root BLOB NOT NULL, range BLOB NOT NULL, time INTEGER NOT NULL) WITHOUT ROWID;
        {BatchTable(LogNames.Access)}
        {BatchTable(LogNames.Governance)}
        {RegisterTable("register_state")}
        CREATE TABLE probe (id INTEGER PRIMARY KEY CHECK (id = 1), writes INTEGER NOT NULL);
        """;

    public static string RegisterTable(string name) =>
        $"CREATE TABLE {name} (register TEXT NOT NULL, id TEXT NOT NULL, log_index INTEGER NOT NULL, value BLOB NOT NULL, PRIMARY KEY (register, id)) WITHOUT ROWID;";

    /// <summary>Batches in which an entry has no search key: open ones, few among many. A key is a tag of 32 bytes behind its length.</summary>
    public const string IsUnkeyed = "length(keys) <> 34 * count";

    /// <summary>Finds them without a walk over the rest; costs nothing where a batch has none.</summary>
    public static string UnkeyedIndex(string log) => $"CREATE INDEX IF NOT EXISTS {log}_unkeyed ON {log}_batch (first_index) WHERE {IsUnkeyed};";

    public static string BatchTable(string log) =>
        $"""
        CREATE TABLE {log}_batch (
          first_index INTEGER PRIMARY KEY, count INTEGER NOT NULL CHECK (count > 0), id BLOB NOT NULL, time INTEGER NOT NULL, root BLOB NOT NULL,
          keys BLOB NOT NULL, leaves BLOB NOT NULL, sealed BLOB NOT NULL);
        """;
}
