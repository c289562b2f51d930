using System.Diagnostics;

namespace DataExchange.Gateway.Tests.Promises;

/// <summary>
/// Makes a folder and files in it immutable for everyone, root included, and also for whoever has them open already: each write gets EPERM
/// from the kernel. (A file system cannot be remounted read-only while a file on it is open for writing: EBUSY.) Needs root and a file
/// system that knows the attribute; a test that cannot is skipped.
/// </summary>
internal sealed class WriteProtection : IAsyncDisposable
{
    private readonly string[] _paths;

    private WriteProtection(string[] paths) => _paths = paths;

    public static async Task<WriteProtection> ApplyAsync(string folder, params string[] files)
    {
        // The folder first: no file is made in it while the others are being protected.
        var protection = new WriteProtection([folder, .. files.Select(file => Path.Combine(folder, file))]);
        if (await ChangeAsync("+i", protection._paths) != 0)
        {
            await ChangeAsync("-i", protection._paths);
            Assert.Skip("Files cannot be made immutable here; that needs root and a file system such as ext4.");
        }

        return protection;
    }

    public async ValueTask DisposeAsync() => Assert.Equal(0, await ChangeAsync("-i", _paths));

    private static async Task<int> ChangeAsync(string attribute, string[] paths)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("chattr", [attribute, .. paths]) { RedirectStandardError = true });
            await process!.WaitForExitAsync();
            return process.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return -1; // No such command on this machine.
        }
    }
}
