namespace DataExchange.Cli.Sources;

/// <summary>A log copied into a folder, one file a resource.</summary>
internal sealed class FolderSource : ILogSource
{
    private readonly string _folder;

    public FolderSource(string folder)
    {
        _folder = Directory.Exists(folder) ? folder : throw LogSource.Unreadable(folder, "there is no such folder.");
    }

    public SourcePace Pace => SourcePace.Files;

    public async ValueTask<bool> ReadAsync(string path, ReadBuffer into, int maxLength, CancellationToken cancellationToken)
    {
        var file = Path.Combine(_folder, path);
        try
        {
            cancellationToken.ThrowIfCancellationRequested();

            // Whoever writes the folder replaces files, and is not to be kept from it.
            using var handle = File.OpenHandle(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var length = RandomAccess.GetLength(handle);
            if (length > maxLength)
            {
                throw LogSource.Unreadable(file, $"{length} bytes are more than the {maxLength} that such a file can have.");
            }

            await into.GrowAsync((int)length, cancellationToken);
            into.Length = 0;
            while (into.Length < length && RandomAccess.Read(handle, into.Room.Span[into.Length..(int)length], into.Length) is > 0 and var read)
            {
                into.Length += read;
            }

            return true;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw LogSource.Unreadable(file, exception.Message, exception);
        }
    }

    public void Dispose()
    {
    }
}
