using DataExchange.TransparencyLog.Keys;

namespace DataExchange.Witness.State;

/// <summary>
/// The state as one file in a locked folder. It is replaced whole, by a rename: so no crash leaves half of it, and a file that is cut
/// off or changed in one bit can only be damage, never an interrupted write. The price is that a write costs as much as the state is
/// large, some 500 bytes a log; what waits at the same time shares one write.
/// </summary>
internal sealed class StateFile : IStateStore
{
    private readonly string _folder;
    private readonly string _path;
    private readonly string _temporary;
    private readonly FileStream _lock;

    /// <param name="folder">Its folder; made where it is missing.</param>
    /// <exception cref="WitnessRefusedException">The folder cannot be used, or another process uses it.</exception>
    public StateFile(string folder)
    {
        _folder = folder;
        _path = Path.Combine(folder, "witness.state");
        _temporary = _path + ".new";
        _lock = Lock(folder);
    }

    public byte[]? Read() => File.Exists(_path) ? File.ReadAllBytes(_path) : null;

    public void Replace(ReadOnlySpan<byte> value)
    {
        // A crash up to the rename leaves the old state, and a temporary file that the next write empties.
        using (var file = new FileStream(_temporary, Options(FileMode.Create, FileShare.Read)))
        {
            file.Write(value);
            FileSync.Flush(file);
        }

        File.Move(_temporary, _path, overwrite: true);

        // A crash here leaves the new state, or after a power failure the old one: nobody has been answered yet.
        DirectorySync.Flush(_folder);
    }

    public void Dispose() => _lock.Dispose();

    // Two processes on one state would each cosign what the other does not know of. The lock is the operating system's, on an open
    // file, so a crash releases it.
    private static FileStream Lock(string folder)
    {
        var path = Path.Combine(folder, "witness.lock");
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder);
            }
            else
            {
                Directory.CreateDirectory(folder, KeyFile.OwnerOnly | UnixFileMode.UserExecute);
            }

            return new FileStream(path, Options(FileMode.OpenOrCreate, FileShare.None));
        }
        catch (IOException exception) when (File.Exists(path))
        {
            throw new WitnessRefusedException($"The folder '{folder}' is in use by another witness. Stop it, or set Witness:Folder to another folder.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new WitnessRefusedException(
                $"The folder '{folder}' cannot be used: {exception.Message} Set Witness:Folder to a folder that the service's own user owns.", exception);
        }
    }

    private static FileStreamOptions Options(FileMode mode, FileShare share)
    {
        // Unbuffered: one write is one call.
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = share, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = KeyFile.OwnerOnly;
        }

        return options;
    }
}
