using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace DataExchange.Storage.Sqlite;

/// <summary>Says what an error on opening means for an operator.</summary>
internal static class SqliteErrors
{
    public static string Explain(string path, Exception exception) => exception switch
    {
        SqliteException { SqliteErrorCode: raw.SQLITE_NOTADB or raw.SQLITE_CORRUPT } =>
            $"'{path}' is damaged or not a database. Restore it from a backup ({Derived(path)}).",
        SqliteException { SqliteErrorCode: raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN } or UnauthorizedAccessException =>
            $"'{path}' cannot be written: {exception.Message} Let the service's own user own the folder and its files.",
        // SQLite calls it an I/O error when the shared-memory file, which is no part of the data, finds no room.
        SqliteException { SqliteErrorCode: raw.SQLITE_FULL } or SqliteException { SqliteExtendedErrorCode: raw.SQLITE_IOERR_SHMSIZE } => $"'{path}' cannot grow: the disk is full. Make room and start again.",
        SqliteException { SqliteErrorCode: raw.SQLITE_BUSY or raw.SQLITE_LOCKED } =>
            $"'{path}' is locked by another program. Close what has it open.",
        _ => $"'{path}' cannot be opened: {exception.Message}",
    };

    private static string Derived(string path) =>
        System.IO.Path.GetFileName(path) == "tiles.db" ? "or delete it: it is derived and will be rebuilt" : "it cannot be derived from anything else";
}
