using System.Diagnostics;
using DataExchange.TransparencyLog.Tests.Support;

namespace DataExchange.TransparencyLog.Tests.Recovery;

/// <summary>A file system of a few megabytes that really fills up.</summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly bool _mounted;

    public FullDiskTests() => _mounted = OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", "size=24m,mode=700", "tmpfs", _folder.Path);

    public void Dispose()
    {
        if (_mounted)
        {
            Run("umount", _folder.Path);
        }

        _folder.Dispose();
    }

    [Fact]
    public async Task On_a_full_disk_appends_are_refused_and_go_on_when_there_is_room_again()
    {
        Assert.SkipUnless(_mounted, "Mounting a small file system takes root.");
        await using var region = await TestRegion.OpenAsync(_folder, configure: options => options.FlushEntries = 200);
        await File.WriteAllBytesAsync(_folder.File("filler"), new byte[12 << 20], TestContext.Current.CancellationToken);
        var acknowledged = new List<(long, string)>();
        var seen = new List<SignedCheckpoint>();
        await FillAsync(region.Access, acknowledged, seen);

        Assert.False(region.Access.Health.IsWritable);
        await region.Events.WaitAsync(EventLog<object>.RecoveryFailed);
        Assert.Contains("full", region.Access.Health.Reason, StringComparison.Ordinal);
        Assert.Equal(seen[^1].Size, region.Access.Latest.Size);

        File.Delete(_folder.File("filler"));
        await region.Events.WaitAsync(EventLog<object>.Recovered);
        var result = await region.Access.AppendAsync("after");
        acknowledged.Add((result.Index, "after"));
        await LogAudit.SoundAsync(region.Access, seen);
        await LogAudit.HoldsAsync(region.Access, acknowledged);
    }

    [Fact]
    public async Task A_stop_on_a_full_disk_loses_nothing_and_the_tiles_catch_up_at_the_next_start()
    {
        Assert.SkipUnless(_mounted, "Mounting a small file system takes root.");
        var token = TestContext.Current.CancellationToken;
        SignedCheckpoint latest;
        await using (var region = await TestRegion.OpenAsync(_folder))
        {
            await region.Access.AppendManyAsync(300);
            latest = region.Access.Latest;
            FillDisk();
            await region.DisposeAsync();
            Assert.Contains(region.Events.Events, entry => entry.Id == EventLog<object>.FollowingFailed && entry.Text.Contains("full", StringComparison.Ordinal));
        }

        File.Delete(_folder.File("filler"));
        await using var again = await TestRegion.OpenAsync(_folder);
        await LogAudit.SoundAsync(again.Access, latest);
        Assert.Equal([299], await again.Access.FindAsync("key entry 299"u8.ToArray(), token));
    }

    private void FillDisk()
    {
        using var filler = File.Create(_folder.File("filler"));
        try
        {
            while (true)
            {
                filler.Write(new byte[4096]);
                filler.Flush();
            }
        }
        catch (IOException)
        {
            // Not a block is left.
        }
    }

    private static async Task FillAsync(ITransparencyLog log, List<(long, string)> acknowledged, List<SignedCheckpoint> seen)
    {
        for (var i = 0; ; i++)
        {
            try
            {
                var result = await log.AppendAsync(Entries.Of($"entry {i}") with { Sealed = new byte[20_000] }, TestContext.Current.CancellationToken);
                acknowledged.Add((result.Index, $"entry {i}"));
                seen.Add(result.Batch!.Checkpoint);
            }
            catch (LogUnavailableException)
            {
                return;
            }
        }
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false; // There is no such program here.
        }
    }
}
