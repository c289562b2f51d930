using DataExchange.Cli.DataFolders;

namespace DataExchange.Cli.Fsck;

/// <summary>Holds a data folder by the gateway's own lock while it is checked: no gateway starts on it meanwhile.</summary>
internal sealed class FolderHold : IDisposable
{
    private readonly FileStream? _lock;

    private FolderHold(FileStream? file, bool isExclusive) => (_lock, IsExclusive) = (file, isExclusive);

    /// <summary>Whether nobody else works in the folder.</summary>
    public bool IsExclusive { get; }

    /// <exception cref="FindingException">A gateway is running on the folder, and no snapshot was asked for.</exception>
    public static FolderHold Take(string folder, bool isSnapshot)
    {
        var file = Path.Combine(folder, DataFolder.Lock);
        if (isSnapshot || !File.Exists(file))
        {
            return new FolderHold(null, isExclusive: !isSnapshot); // A copy without the lock file has no gateway.
        }

        try
        {
            // Read access will do: the folder may be on a medium that cannot be written.
            return new FolderHold(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.None), isExclusive: true);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw FindingException.CannotTell(FindingCode.SourceUnreadable, $"{file} cannot be read: {exception.Message}", exception);
        }
        catch (IOException exception)
        {
            throw FindingException.CannotTell(
                FindingCode.FolderInUse, $"A gateway is running on {folder}. Stop it, or read the folder as it is at one moment with --snapshot.", exception);
        }
    }

    public void Dispose() => _lock?.Dispose();
}
