using DataExchange.Cli.DataFolders;
using Microsoft.Data.Sqlite;

namespace DataExchange.Cli.Fsck;

/// <summary>A row of <c>log_head</c>, as it is stored.</summary>
internal sealed record StoredHead(long Size, byte[] Root, byte[] Range, long Time)
{
    /// <summary>Where a retired log ended.</summary>
    public static StoredHead OfRetired(ReadDatabase exchange, RetiredLog retired) => exchange
        .Rows("SELECT size, root, range, time FROM log_retired WHERE log = $1 AND generation = $2", retired.Log, (long)retired.Generation)
        .Select(From)
        .First();

    /// <summary>Null when the log has none: then nothing was ever appended.</summary>
    public static StoredHead? Read(ReadDatabase exchange, string log) => exchange
        .Rows("SELECT size, root, range, time FROM log_head WHERE log = $1", log)
        .Select(From)
        .FirstOrDefault();

    private static StoredHead From(SqliteDataReader row) => new(row.GetInt64(0), row.GetFieldValue<byte[]>(1), row.GetFieldValue<byte[]>(2), row.GetInt64(3));
}
