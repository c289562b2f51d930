using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace DataExchange.TransparencyLog.Keys;

/// <summary>Makes a rename durable: fsync of the folder that holds the name. The framework opens no folders, so the open is ours.</summary>
#pragma warning disable IDE0040 // How far it can be seen is said in Exposed.cs.
static partial class DirectorySync
#pragma warning restore IDE0040
{
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return; // NTFS journals the rename itself.
        }

        using var handle = new SafeFileHandle(Open(Encoding.UTF8.GetBytes(folder + "\0"), 0), ownsHandle: true);
        if (handle.IsInvalid)
        {
            throw new IOException($"The folder '{folder}' could not be opened: {new Win32Exception().Message}.");
        }

        FileSync.Flush(handle, folder);
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(byte[] path, int flags);
}
