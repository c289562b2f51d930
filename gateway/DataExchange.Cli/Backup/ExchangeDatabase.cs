using DataExchange.Merkle;
using Microsoft.Data.Sqlite;

namespace DataExchange.Cli.Backup;

/// <summary>An <c>exchange.db</c>: the running gateway's, which is only read, or the copy.</summary>
internal sealed class ExchangeDatabase : IDisposable
{
    public const string FileName = "exchange.db";
    public const long ApplicationId = 0x64786578; // "dxex"

    private readonly SqliteConnection _connection;

    private ExchangeDatabase(string path, SqliteOpenMode mode) =>
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false, DefaultTimeout = 30 }.ConnectionString);

    public static ExchangeDatabase OpenSource(string path)
    {
        var source = new ExchangeDatabase(path, SqliteOpenMode.ReadOnly);
        source._connection.Open();
        return source;
    }

    /// <summary>The copy. Every transaction is on the disk when it ends, so a crash costs the one under way. What a later run removes is overwritten, as in the gateway's own.</summary>
    public static ExchangeDatabase OpenCopy(string path)
    {
        var copy = new ExchangeDatabase(path, SqliteOpenMode.ReadWriteCreate);
        copy._connection.Open();
        copy.Execute("PRAGMA journal_mode=DELETE; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;");
        return copy;
    }

    public SqliteTransaction Begin() => _connection.BeginTransaction(deferred: true);

    /// <summary>Whether there is a table of that name.</summary>
    public bool HasTable(string name) => Number("SELECT count(*) FROM sqlite_master WHERE name = @p0", name) > 0;

    public long Number(string sql, params object[] values) => Scalar(sql, values) is long number ? number : 0;

    public object? Scalar(string sql, params object[] values)
    {
        using var command = Command(sql, values);
        return command.ExecuteScalar();
    }

    public int Execute(string sql, params object[] values)
    {
        using var command = Command(sql, values);
        return command.ExecuteNonQuery();
    }

    public IEnumerable<object[]> Rows(string sql, params object[] values)
    {
        using var command = Command(sql, values);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            yield return row;
        }
    }

    /// <summary>Batches from an entry on, in order, until so many bytes have been read. One short read: it holds up nobody.</summary>
    public List<StoredBatch> Batches(string log, long first, long bytes)
    {
        var batches = new List<StoredBatch>();
        foreach (var row in Rows($"SELECT {StoredBatch.Columns} FROM {log}_batch WHERE first_index >= @p0 ORDER BY first_index", first))
        {
            var batch = new StoredBatch((long)row[0], (long)row[1], (byte[])row[2], (long)row[3], (byte[])row[4], (byte[])row[5], (byte[])row[6], (byte[])row[7]);
            batches.Add(batch);
            bytes -= batch.Bytes;
            if (bytes <= 0)
            {
                break;
            }
        }

        return batches;
    }

    /// <summary>Adds a batch to the copy.</summary>
    public void Insert(string log, StoredBatch batch) => Execute(
        $"INSERT INTO {log}_batch ({StoredBatch.Columns}) VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7)",
        batch.FirstIndex, batch.Count, batch.Id, batch.Time, batch.Root, batch.Keys, batch.Leaves, batch.Sealed);

    /// <summary>The right edge of a log's tree as its head says; the empty tree where there is none.</summary>
    /// <exception cref="Exception">The row is damaged: <see cref="FormatException"/> or <see cref="InvalidCastException"/>.</exception>
    public CompactRange Head(string log) => Rows("SELECT size, range FROM log_head WHERE log = @p0", log).FirstOrDefault() is [var size, var range]
        ? CompactRange.FromBytes((long)size, (byte[])range)
        : CompactRange.Empty;

    /// <summary>Copies the whole file as it stands at one moment; returns the first value that a query finds in the copy.</summary>
    public static object? CopyWhole(string from, string to, string query)
    {
        using var source = OpenSource(from);
        using var copy = new ExchangeDatabase(to, SqliteOpenMode.ReadWriteCreate);
        copy._connection.Open();
        source._connection.BackupDatabase(copy._connection);
        return copy.Scalar(query);
    }

    public void Dispose() => _connection.Dispose();

    private SqliteCommand Command(string sql, object[] values)
    {
        var command = _connection.CreateCommand();
#pragma warning disable CA2100 // Texts of this folder, and the names of the two logs.
        command.CommandText = sql;
#pragma warning restore CA2100
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue($"@p{i}", values[i]);
        }

        return command;
    }
}
