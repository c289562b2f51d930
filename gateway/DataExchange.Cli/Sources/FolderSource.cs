namespace DataExchange.Cli.Sources;

/// <summary>A log copied into a folder, one file a resource.</summary>
internal sealed class FolderSource : ILogSource
{
    private readonly string _folder;

    public FolderSource(string folder)
    {
        _folder = Directory.Exists(folder) ? folder : throw LogSource.Unreadable(folder, "there is no such folder.");
    }

    public async Task<byte[]?> ReadAsync(string path, int maxLength, CancellationToken cancellationToken)
    {
        var file = Path.Combine(_folder, path);
        try
        {
            var length = new FileInfo(file).Length;
            return length <= maxLength
                ? await File.ReadAllBytesAsync(file, cancellationToken)
                : throw LogSource.Unreadable(file, $"{length} bytes are more than the {maxLength} that such a file can have.");
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
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
