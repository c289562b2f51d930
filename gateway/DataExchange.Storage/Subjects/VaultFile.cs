using DataExchange.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace DataExchange.Storage.Subjects;

/// <summary>
/// <c>vault.db</c>: who the log's tags belong to, and the keys of sealed records. What is deleted is overwritten in this file; its
/// write-ahead log, and the disk below, may keep older pages a while, and those are under a master key that an erasure destroyed.
/// </summary>
internal sealed class VaultFile : IDisposable
{
    public const string FileName = "vault.db";

    /// <summary>Of the schema.</summary>
    public const int Version = 1;

    /// <summary>Columns of the table of subjects, which a rotation makes anew.</summary>
    public const string SubjectColumns = "(lookup BLOB PRIMARY KEY, handle BLOB NOT NULL UNIQUE, sealed BLOB NOT NULL) WITHOUT ROWID";

    private const string Pragmas = "PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-65536;"; // 64 MiB: a rotation puts every row in a new place, at random

    private const string Version1 =
        $"CREATE TABLE subject {SubjectColumns};" +
        "CREATE TABLE header (one INTEGER PRIMARY KEY CHECK (one = 1), key_id TEXT NOT NULL, sealed BLOB NOT NULL);" +
        "CREATE TABLE erasure (id TEXT PRIMARY KEY, basis TEXT NOT NULL, client TEXT NOT NULL, handles BLOB NOT NULL) WITHOUT ROWID;";

    /// <exception cref="StorageException">It cannot be used.</exception>
    public VaultFile(string folder)
    {
        File = new SqliteFile(Path.Combine(folder, FileName), new SqliteSchema(0x64787662, [Version1]), Pragmas); // "dxvb"
        Sync();
    }

    public SqliteFile File { get; }

    public void Dispose() => File.Dispose();

    // A process that was killed inside a commit may have left one that stands in the operating system's memory alone, and SQLite reads it
    // all the same. A commit of our own syncs the whole write-ahead log before anybody is told what is in it.
    private void Sync()
    {
        try
        {
            using var session = File.OpenSession();
            session.Write(VaultTables.Touch);
        }
        catch (SqliteException exception)
        {
            throw new StorageException(SqliteErrors.Explain(File.Path, exception), exception);
        }
    }
}
