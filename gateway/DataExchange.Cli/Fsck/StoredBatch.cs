using Microsoft.Data.Sqlite;

namespace DataExchange.Cli.Fsck;

/// <summary>A row of a batch table, as it is stored.</summary>
internal sealed record StoredBatch(long First, long Count, byte[] Id, long Time, byte[] Root, byte[] Keys, byte[] Leaves, byte[] Sealed)
{
    public static string Query(string log) => $"SELECT first_index, count, id, time, root, keys, leaves, sealed FROM {log}_batch ORDER BY first_index";

    public static StoredBatch From(SqliteDataReader row) => new(
        row.GetInt64(0), row.GetInt64(1), Blob(row, 2), row.GetInt64(3), Blob(row, 4), Blob(row, 5), Blob(row, 6), Blob(row, 7));

    private static byte[] Blob(SqliteDataReader row, int column) => row.GetFieldValue<byte[]>(column);
}
