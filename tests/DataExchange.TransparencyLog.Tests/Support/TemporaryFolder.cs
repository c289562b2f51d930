namespace DataExchange.TransparencyLog.Tests.Support;

/// <summary>A folder of its own that goes with the test.</summary>
/// <param name="inMemory">Where the system has a file system in memory, there: for tests that open hundreds of folders and wait for no disk.</param>
public sealed class TemporaryFolder(bool inMemory = false) : IDisposable
{
    private const string Prefix = "data-exchange-log-";
    private const string Memory = "/dev/shm";

    public string Path { get; } = inMemory && Directory.Exists(Memory)
        ? Directory.CreateDirectory(System.IO.Path.Combine(Memory, Prefix + System.IO.Path.GetRandomFileName())).FullName
        : Directory.CreateTempSubdirectory(Prefix).FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Puts a copy of another folder's files here, with their modes.</summary>
    public void CopyFrom(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            System.IO.File.Copy(file, File(System.IO.Path.GetFileName(file)));
        }
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
