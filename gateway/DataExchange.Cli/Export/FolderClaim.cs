using DataExchange.Cli.Output;

namespace DataExchange.Cli.Export;

/// <summary>Keeps two exports out of one folder. The lock is the operating system's, so a crash releases it.</summary>
internal sealed class FolderClaim : IDisposable
{
    private readonly FileStream _file;

    private FolderClaim(FileStream file) => _file = file;

    /// <exception cref="FindingException">The folder cannot be written, or another export is at work in it.</exception>
    public static FolderClaim Take(string folder)
    {
        var file = Path.Combine(folder, ".export.lock");
        try
        {
            Directory.CreateDirectory(folder);
            return new FolderClaim(new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw OutputFile.Unwritable(folder, exception);
        }
    }

    public void Dispose() => _file.Dispose();
}
