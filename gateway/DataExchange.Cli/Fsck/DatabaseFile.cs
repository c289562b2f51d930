using DataExchange.Cli.DataFolders;
using Microsoft.Data.Sqlite;

namespace DataExchange.Cli.Fsck;

/// <summary>A database of the data folder: which program wrote it, and in what version.</summary>
/// <param name="Name">The file's name.</param>
/// <param name="ApplicationIds">SQLite's <c>application_id</c>: any of these.</param>
/// <param name="Version">The newest version that is known here.</param>
/// <param name="RestoreBy">What to do when it is damaged.</param>
internal sealed record DatabaseFile(string Name, IReadOnlyList<long> ApplicationIds, long Version, string RestoreBy)
{
    public static DatabaseFile Exchange { get; } = new(DataFolder.Exchange, [0x64786578], 4, Remedy.Restore);

    public static DatabaseFile Tiles { get; } = new(DataFolder.Tiles, [0x64787469], 2, Remedy.Rebuild);

    public static DatabaseFile Vault { get; } = new(DataFolder.Vault, [0x64787661, 0x64787662], 1, "Restore vault.db from a backup; without it sealed records stay sealed.");

    /// <summary>Opens it; null, with a finding, when it is missing or not to be read.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="isExclusive">Whether nobody else works in it.</param>
    /// <param name="findings">Receives what is wrong.</param>
    /// <param name="mayLack">Why it may be missing: then that is a warning; null where the folder needs it.</param>
    public ReadDatabase? Open(string folder, bool isExclusive, Findings findings, string? mayLack = null)
    {
        var file = Path.Combine(folder, Name);
        if (!File.Exists(file))
        {
            if (mayLack is null)
            {
                findings.Error(FsckCode.FileMissing, Name, null, "The file is missing.", RestoreBy);
            }
            else
            {
                findings.Warning(FsckCode.FileMissing, Name, null, "The file is missing.", mayLack);
            }

            return null;
        }

        ReadDatabase? database = null;
        try
        {
            database = ReadDatabase.Open(file, isExclusive);
            database.Pin();
            if (!ApplicationIds.Contains(database.Long("PRAGMA application_id") ?? 0))
            {
                findings.Error(FsckCode.FileUnreadable, Name, null, "This is not a file of this program.", RestoreBy);
                database.Dispose();
                return null;
            }

            if (database.Long("PRAGMA user_version") is var version && version > Version)
            {
                findings.Warning(FsckCode.FileNewer, Name, null, $"The file has version {version}; this program knows up to {Version}, and checks what it knows.", Remedy.Newer);
            }

            return database;
        }
        catch (Exception exception) when (exception is SqliteException or FindingException)
        {
            database?.Dispose();
            findings.Error(FsckCode.FileUnreadable, Name, null, exception.Message, RestoreBy);
            return null;
        }
    }

    /// <summary>Runs a check; what SQLite cannot read on the way is a finding.</summary>
    public void Guard(Findings findings, Action check)
    {
        try
        {
            check();
        }
        catch (Exception exception) when (exception is SqliteException or InvalidCastException)
        {
            findings.Error(FsckCode.FileUnreadable, Name, null, exception.Message, RestoreBy);
        }
    }

    /// <summary>SQLite's own check of every page.</summary>
    public void CheckPages(ReadDatabase database, Findings findings) => Guard(findings, () =>
    {
        foreach (var message in database.Rows("PRAGMA integrity_check").Select(row => row.GetString(0)).Where(message => message != "ok"))
        {
            findings.Error(FsckCode.PagesDamaged, Name, null, message, RestoreBy);
        }
    });
}
