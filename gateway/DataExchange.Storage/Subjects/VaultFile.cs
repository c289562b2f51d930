using DataExchange.Storage.Sqlite;

namespace DataExchange.Storage.Subjects;

/// <summary><c>vault.db</c>: who the log's tags belong to, and the keys of sealed records. What is deleted is overwritten in this file; its write-ahead log keeps what it holds until it is moved here.</summary>
internal sealed class VaultFile(string folder) : IDisposable
{
    public const string FileName = "vault.db";

    private const string Pragmas = "PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY;";

    private const string Version1 =
        "CREATE TABLE subject (lookup BLOB PRIMARY KEY, token BLOB NOT NULL UNIQUE, proof BLOB NOT NULL, wrapped_key BLOB NOT NULL) WITHOUT ROWID;";

    public SqliteFile File { get; } = new(Path.Combine(folder, FileName), new SqliteSchema(0x64787661, [Version1]), Pragmas); // "dxva"

    public void Dispose() => File.Dispose();
}
