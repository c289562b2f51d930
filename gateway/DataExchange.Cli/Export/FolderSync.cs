using System.ComponentModel;
using System.Runtime.InteropServices;

namespace DataExchange.Cli.Export;

/// <summary>
/// Waits until everything written so far is on the disk, files and names. One call for the whole file system: a sync of each of ten
/// thousands of tiles would take minutes.
/// </summary>
internal static class FolderSync
{
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsLinux())
        {
            using var handle = File.OpenHandle(Path.Combine(folder, "vkey"));
            if (SyncFileSystem(handle.DangerousGetHandle().ToInt32()) != 0)
            {
                throw FindingException.CannotTell(FindingCode.OutputUnwritable, $"{folder} could not be written to the disk: {new Win32Exception().Message}.");
            }
        }
        else if (!OperatingSystem.IsWindows())
        {
            Sync(); // Windows journals renames, and has no such call.
        }
    }

    [DllImport("libc", EntryPoint = "syncfs", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SyncFileSystem(int file);

    [DllImport("libc", EntryPoint = "sync")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void Sync();
}
