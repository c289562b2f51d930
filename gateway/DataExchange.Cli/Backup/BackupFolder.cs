using DataExchange.TransparencyLog.Keys;

namespace DataExchange.Cli.Backup;

/// <summary>
/// The folder that a copy is made in. While a run is under way the copy is called <c>exchange.db.incomplete</c>: a gateway cannot be
/// started on half a backup by mistake, and the next run goes on from it.
/// </summary>
internal sealed class BackupFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const string Incomplete = ".incomplete";

    private readonly string _folder;

    public BackupFolder(string folder)
    {
        _folder = Path.GetFullPath(folder);
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(_folder);
        }
        else
        {
            Directory.CreateDirectory(_folder, OwnerOnly | UnixFileMode.UserExecute);
        }
    }

    /// <summary>The copy that an earlier run finished; null when there is none.</summary>
    /// <exception cref="FindingException">A gateway has run in this folder.</exception>
    public string? FindWhole()
    {
        var whole = Of(ExchangeDatabase.FileName);
        if (File.Exists(Of("exchange.lock")) || File.Exists(whole + "-wal"))
        {
            throw FindingException.CannotTell(
                FindingCode.TargetUnusable, $"'{_folder}' has been a gateway's data folder. A backup goes into a folder of its own.");
        }

        return File.Exists(whole) ? whole : null;
    }

    /// <summary>Takes an earlier copy up again, or makes an empty file; returns its path. Until <see cref="Finish"/> no gateway starts on it.</summary>
    public string Reopen()
    {
        var incomplete = Of(ExchangeDatabase.FileName + Incomplete);
        if (FindWhole() is { } whole)
        {
            File.Move(whole, incomplete);
            DirectorySync.Flush(_folder);
        }

        Create(incomplete);
        return incomplete;
    }

    /// <summary>Copies a database whole, under its own name only once it is durable; returns what a query finds in the copy.</summary>
    public object? CopyDatabase(string source, string query)
    {
        var incomplete = Of(Path.GetFileName(source) + Incomplete);
        File.Delete(incomplete);
        Create(incomplete);
        var found = ExchangeDatabase.CopyWhole(source, incomplete, query);
        Finish(Path.GetFileName(source));
        return found;
    }

    /// <summary>Writes a secret file, for its owner only.</summary>
    public void CopySecret(byte[] secret, string name)
    {
        var incomplete = Of(name + Incomplete);
        File.Delete(incomplete);
        Create(incomplete);
        File.WriteAllBytes(incomplete, secret);
        Finish(name);
    }

    /// <summary>Durable first, then under its name: a crash leaves the one or the other, and never half.</summary>
    public void Finish(string name)
    {
        using (var handle = File.OpenHandle(Of(name + Incomplete), FileMode.Open, FileAccess.ReadWrite))
        {
            FileSync.Flush(handle, Of(name));
        }

        File.Move(Of(name + Incomplete), Of(name), overwrite: true);
        DirectorySync.Flush(_folder);
    }

    private static void Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        new FileStream(path, options).Dispose();
    }

    private string Of(string name) => Path.Combine(_folder, name);
}
