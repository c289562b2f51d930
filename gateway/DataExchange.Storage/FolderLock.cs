namespace DataExchange.Storage;

/// <summary>
/// Keeps a second process out of a data folder: each would believe that it alone moves the logs' heads. The lock is the operating
/// system's, on an open file, so a crash releases it.
/// </summary>
internal sealed class FolderLock : IDisposable
{
    private const string FileName = "exchange.lock";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly FileStream _file;

    public FolderLock(string folder)
    {
        try
        {
            Create(folder);
            var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = OwnerOnly;
            }

            _file = new FileStream(Path.Combine(folder, FileName), options);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new StorageException($"The data folder '{folder}' cannot be written. Let the service's own user own it.", exception);
        }
        catch (IOException exception) when (File.Exists(Path.Combine(folder, FileName)))
        {
            throw new StorageException($"The data folder '{folder}' is in use by another process. Stop it, or choose another folder.", exception);
        }
        catch (IOException exception)
        {
            throw new StorageException($"The data folder '{folder}' cannot be used: {exception.Message}", exception);
        }
    }

    public void Dispose() => _file.Dispose();

    private static void Create(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
        }
    }
}
