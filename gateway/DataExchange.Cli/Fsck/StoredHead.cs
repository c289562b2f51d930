using DataExchange.Cli.DataFolders;

namespace DataExchange.Cli.Fsck;

/// <summary>A row of <c>log_head</c>, as it is stored.</summary>
internal sealed record StoredHead(long Size, byte[] Root, byte[] Range, long Time)
{
    /// <summary>Null when the log has none: then nothing was ever appended.</summary>
    public static StoredHead? Read(ReadDatabase exchange, string log) => exchange
        .Rows("SELECT size, root, range, time FROM log_head WHERE log = $1", log)
        .Select(row => new StoredHead(row.GetInt64(0), row.GetFieldValue<byte[]>(1), row.GetFieldValue<byte[]>(2), row.GetInt64(3)))
        .FirstOrDefault();
}
