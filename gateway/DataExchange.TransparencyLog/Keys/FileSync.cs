using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace DataExchange.TransparencyLog.Keys;

/// <summary>
/// fsync that says when it failed. The framework's own (<see cref="RandomAccess.FlushToDisk"/> and <see cref="FileStream.Flush(bool)"/>)
/// returns as if nothing were wrong on Linux, as tried with .NET 10.0.12 under injected EIO, ENOSPC and EDQUOT: what a broken disk lost
/// would count as durable.
/// </summary>
#pragma warning disable IDE0040 // How far it can be seen is said in Exposed.cs.
static partial class FileSync
#pragma warning restore IDE0040
{
    private const int Interrupted = 4;

    /// <summary>Writes out what the stream holds, and flushes the file.</summary>
    /// <exception cref="IOException">What is on the disk is unknown. Flushing again may succeed and prove nothing: write anew.</exception>
    public static void Flush(FileStream file)
    {
        file.Flush();
        Flush(file.SafeFileHandle, file.Name);
    }

    /// <inheritdoc cref="Flush(FileStream)"/>
    public static void Flush(SafeFileHandle handle, string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            RandomAccess.FlushToDisk(handle); // It asks more of the drive than fsync does on macOS.
            return;
        }

        while (Fsync(handle) != 0)
        {
            if (Marshal.GetLastPInvokeError() != Interrupted)
            {
                throw new IOException($"'{path}' could not be flushed to the disk: {new Win32Exception().Message}.");
            }
        }
    }

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Fsync(SafeFileHandle handle);
}
