namespace DataExchange.Adapters.Files.Watching;

/// <summary>What a folder says about a file without opening it.</summary>
internal readonly record struct FileStamp(long Length, DateTime WrittenAt)
{
    /// <summary>The file's stamp, or null when there is none that can be seen.</summary>
    public static FileStamp? Of(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? new FileStamp(file.Length, file.LastWriteTimeUtc) : null;
    }
}
