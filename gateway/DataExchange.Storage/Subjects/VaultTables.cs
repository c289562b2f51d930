using DataExchange.Policy.Model;
using DataExchange.Policy.Subjects;
using DataExchange.Storage.Sqlite;

namespace DataExchange.Storage.Subjects;

/// <summary>The statements over the tables of <c>vault.db</c>. Those that write run in the caller's transaction.</summary>
internal static class VaultTables
{
    private const string Rows = "SELECT lookup, handle, sealed FROM subject";

    public static VaultHeader? Header(SqliteSession session)
    {
        using var statement = session.Use("SELECT key_id, sealed FROM header");
        return statement.Step() ? new VaultHeader(statement.Text(0), statement.Blob(1).ToArray()) : null;
    }

    public static void AddHeader(SqliteSession session, VaultHeader header)
    {
        using var insert = session.Use("INSERT INTO header (one, key_id, sealed) VALUES (1, ?1, ?2) ON CONFLICT (one) DO NOTHING");
        insert.Bind(1, header.KeyId).Bind(2, header.Sealed.Span).Run();
    }

    /// <summary>Changes nothing, in a commit of its own: setting the version writes the first page whether or not it was another.</summary>
    public static void Touch(SqliteSession session) => session.Run($"PRAGMA user_version={VaultFile.Version}");

    public static StoredSubject? Find(SqliteSession session, ReadOnlySpan<byte> lookup) => First(session, Rows + " WHERE lookup = ?1", lookup);

    public static StoredSubject? FindByHandle(SqliteSession session, ReadOnlySpan<byte> handle) => First(session, Rows + " WHERE handle = ?1", handle);

    public static IReadOnlyList<StoredSubject> After(SqliteSession session, ReadOnlySpan<byte> lookup, int count)
    {
        var rows = new List<StoredSubject>();
        using var statement = session.Use(Rows + " WHERE lookup > ?1 ORDER BY lookup LIMIT ?2").Bind(1, lookup).Bind(2, count);
        while (statement.Step())
        {
            rows.Add(Read(statement));
        }

        return rows;
    }

    /// <summary>Null when the vault is under another master key.</summary>
    public static StoredSubject? GetOrAdd(SqliteSession session, StoredSubject subject, string keyId)
    {
        if (Header(session)?.KeyId != keyId)
        {
            return null;
        }

        Add(session, "INSERT INTO subject (lookup, handle, sealed) VALUES (?1, ?2, ?3) ON CONFLICT (lookup) DO NOTHING", subject);
        return Find(session, subject.Lookup.Span) ?? throw new StorageException("A subject that was just added is not there.");
    }

    public static void AddErasure(SqliteSession session, OrderedErasure erasure)
    {
        using var insert = session.Use("INSERT INTO erasure (id, basis, client, handles) VALUES (?1, ?2, ?3, ?4)");
        byte[] handles = [.. erasure.Handles.SelectMany(handle => handle.ToArray())];
        insert.Bind(1, erasure.Id).Bind(2, erasure.Basis).Bind(3, erasure.Client).Bind(4, handles).Run();
    }

    public static IReadOnlyList<OrderedErasure> Erasures(SqliteSession session)
    {
        var erasures = new List<OrderedErasure>();
        using var statement = session.Use("SELECT id, basis, client, handles FROM erasure ORDER BY id");
        while (statement.Step())
        {
            var handles = statement.Blob(3).ToArray().Chunk(SubjectHandle.Size).Select(handle => new ReadOnlyMemory<byte>(handle));
            erasures.Add(new OrderedErasure(statement.Text(0), statement.Text(1), statement.Text(2), [.. handles]));
        }

        return erasures;
    }

    /// <summary>Row by row into a new table, so that no more than one is in memory: every look-up value changes, and with it every row's place.</summary>
    public static void Rotate(SqliteSession session, VaultHeader next, Func<StoredSubject, StoredSubject> rewrap, IReadOnlyCollection<string> erasures)
    {
        foreach (var handle in Erasures(session).Where(erasure => erasures.Contains(erasure.Id)).SelectMany(erasure => erasure.Handles))
        {
            using var delete = session.Use("DELETE FROM subject WHERE handle = ?1");
            delete.Bind(1, handle.Span).Run();
        }

        session.Execute($"CREATE TABLE rewrapped {VaultFile.SubjectColumns}");
        using (var rows = session.Use(Rows))
        {
            while (rows.Step())
            {
                Add(session, "INSERT INTO rewrapped (lookup, handle, sealed) VALUES (?1, ?2, ?3)", rewrap(Read(rows)));
            }
        }

        session.Execute("DROP TABLE subject; ALTER TABLE rewrapped RENAME TO subject;");
        using (var header = session.Use("UPDATE header SET key_id = ?1, sealed = ?2"))
        {
            header.Bind(1, next.KeyId).Bind(2, next.Sealed.Span).Run();
        }

        foreach (var id in erasures)
        {
            using var delete = session.Use("DELETE FROM erasure WHERE id = ?1");
            delete.Bind(1, id).Run();
        }
    }

    private static void Add(SqliteSession session, string sql, StoredSubject subject)
    {
        using var insert = session.Use(sql);
        insert.Bind(1, subject.Lookup.Span).Bind(2, subject.Handle.Span).Bind(3, subject.Sealed.Span).Run();
    }

    private static StoredSubject? First(SqliteSession session, string sql, ReadOnlySpan<byte> value)
    {
        using var statement = session.Use(sql).Bind(1, value);
        return statement.Step() ? Read(statement) : null;
    }

    private static StoredSubject Read(SqliteStatement row) => new(row.Blob(0).ToArray(), row.Blob(1).ToArray(), row.Blob(2).ToArray());
}
