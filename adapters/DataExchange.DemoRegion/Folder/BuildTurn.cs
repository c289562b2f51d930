namespace DataExchange.DemoRegion.Folder;

/// <summary>Lets one builder at a time at a folder, across processes. The operating system frees the turn when its holder dies.</summary>
internal static class BuildTurn
{
    private static readonly TimeSpan s_again = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits for the turn; dispose it to pass it on. The empty lock file stays: removing it would let two in at once.</summary>
    public static async Task<IDisposable> TakeAsync(string lockFile, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(lockFile)!);
        while (true)
        {
            try
            {
                return new FileStream(lockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(lockFile))
            {
                await Task.Delay(s_again, TimeProvider.System, cancellationToken);
            }
        }
    }
}
