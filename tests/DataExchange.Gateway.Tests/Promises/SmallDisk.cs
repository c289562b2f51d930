using System.Diagnostics;

namespace DataExchange.Gateway.Tests.Promises;

/// <summary>A file system of a few megabytes in memory, to be filled or write-protected for real. Mounting needs root; a test that cannot is skipped.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private const int Block = 1 << 16;

    private SmallDisk(string folder) => Folder = folder;

    public string Folder { get; }

    private string Filler => Path.Combine(Folder, "filler");

    public static async Task<SmallDisk> MountAsync(int megabytes)
    {
        var folder = Directory.CreateTempSubdirectory("dx-disk-").FullName;
        if (await RunAsync("mount", "-t", "tmpfs", "-o", $"size={megabytes}m,mode=0700", "tmpfs", folder) != 0)
        {
            Directory.Delete(folder);
            Assert.Skip("A small file system cannot be mounted here; that needs root.");
        }

        return new SmallDisk(folder);
    }

    /// <summary>Leaves no byte free.</summary>
    public async Task FillAsync()
    {
        await using var file = new FileStream(Filler, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        foreach (var size in new[] { Block, 1 })
        {
            try
            {
                while (true)
                {
                    await file.WriteAsync(new byte[size]);
                }
            }
            catch (IOException)
            {
                // Full, to the granularity of this size.
            }
        }
    }

    public void MakeRoom() => File.Delete(Filler);

    public async Task MakeReadOnlyAsync() => Assert.Equal(0, await RunAsync("mount", "-o", "remount,ro", Folder));

    public async ValueTask DisposeAsync()
    {
        Assert.Equal(0, await RunAsync("umount", "--lazy", Folder));
        Directory.Delete(Folder);
    }

    private static async Task<int> RunAsync(string command, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true });
            await process!.WaitForExitAsync();
            return process.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return -1; // No such command on this machine.
        }
    }
}
