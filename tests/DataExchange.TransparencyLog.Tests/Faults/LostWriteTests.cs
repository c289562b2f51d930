using System.Security.Cryptography;
using System.Text;
using DataExchange.TransparencyLog.Tests.Support;

namespace DataExchange.TransparencyLog.Tests.Faults;

/// <summary>
/// A run is recorded call by call. For every moment of it the folder is made anew as a kill leaves it, and as power cuts leave it that
/// lose and tear what was not synced; a start on that folder must hold all that had been acknowledged by then.
/// </summary>
public sealed class LostWriteTests
{
    private static readonly int Chances = Environment.GetEnvironmentVariable("DX_FAULTS_ALL") == "1" ? 40 : 2;

    [Fact]
    public async Task At_every_moment_of_a_first_run_a_kill_or_a_power_cut_loses_nothing_acknowledged()
    {
        using var folder = new TemporaryFolder(inMemory: true);
        using var session = new SessionProcess();
        await TryEveryMomentAsync(session, folder, new Told(null), 1);
    }

    [Fact]
    public async Task At_every_moment_of_a_recovery_after_a_kill_another_one_loses_nothing_acknowledged()
    {
        using var folder = new TemporaryFolder(inMemory: true);
        using var killed = new SessionProcess();
        await killed.DoAsync($"open {folder.Path}");
        await killed.DoAsync("append 12");
        killed.Kill();

        using var session = new SessionProcess();
        session.Listen(killed.Told);
        await TryEveryMomentAsync(session, folder, killed.Told, 2);
    }

    private static async Task TryEveryMomentAsync(SessionProcess session, TemporaryFolder folder, Told told, ulong seed)
    {
        Strace.SkipWhereUnavailable();
        var disk = new SimulatedDisk(folder.Path);
        disk.Load();
        var calls = await RecordAsync(session, folder);
        var chance = new Chance(seed);
        var cases = new List<(string Moment, Dictionary<string, byte[]> Image, Told Told)>();
        var seen = new HashSet<string>();

        // A sync takes effect when it has ended; anything else when it began, before the caller could know of it.
        foreach (var call in calls.OrderBy(call => call.Name is "fsync" or "fdatasync" ? call.Ended : call.Began))
        {
            if (call.Name == "write" && call.Path.StartsWith("pipe:", StringComparison.Ordinal))
            {
                told = new Told(told);
                told.Add(Encoding.UTF8.GetString(call.Strings[^1]).TrimEnd('\n'));
            }
            else if (disk.Holds(call))
            {
                disk.Apply(call);
            }
            else
            {
                continue;
            }

            foreach (var (kind, image) in Images(disk, chance))
            {
                if (seen.Add($"{told.Signed.Count} {Digest(image)}"))
                {
                    cases.Add(($"{kind} after line {call.Ended}, {call.Name} of {call.Path}", image, told));
                }
            }
        }

        Assert.Equal(session.Told.Acknowledged, told.Acknowledged);
        Assert.True(cases.Count > 500, $"Only {cases.Count} cases: the trace was not understood.");
        TestContext.Current.TestOutputHelper?.WriteLine($"{cases.Count} folders.");
        var options = new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = TestContext.Current.CancellationToken };
        await Parallel.ForEachAsync(cases, options, async (one, _) => await AssertHeldAsync(one.Moment, one.Image, one.Told));
    }

    private static async Task<IReadOnlyList<RecordedCall>> RecordAsync(SessionProcess session, TemporaryFolder folder)
    {
        await using var strace = await Strace.AttachAsync(session.Id, folder.Path + ".strace", RecordedCall.Arguments);
        foreach (var command in new[] { $"open {folder.Path}", "append 8", "checkpoint", "append 8", "checkpoint", "append 4", "close" })
        {
            Assert.True(await session.DoAsync(command), string.Join(' ', session.Errors));
        }

        Assert.Empty(session.Told.Unexpected.Concat(session.Told.Refused));
        return RecordedCall.Parse(await strace.DetachAsync());
    }

    private static IEnumerable<(string Kind, Dictionary<string, byte[]> Image)> Images(SimulatedDisk disk, Chance chance)
    {
        yield return ("A kill", disk.AfterKill());
        yield return ("The worst power cut", disk.AfterWorstPowerCut());
        for (var i = 0; i < Chances; i++)
        {
            yield return ("A power cut", disk.AfterPowerCut(chance));
        }
    }

    private static async Task AssertHeldAsync(string moment, Dictionary<string, byte[]> image, Told told)
    {
        using var folder = new TemporaryFolder(inMemory: true);
        foreach (var (name, bytes) in image)
        {
            // The shared-memory index is written through a map that no trace shows: it may hold anything.
            var content = name.EndsWith("-shm", StringComparison.Ordinal) ? RandomNumberGenerator.GetBytes(32_768) : bytes;
            await File.WriteAllBytesAsync(folder.File(name), content, TestContext.Current.CancellationToken);
#pragma warning disable CA1416 // Where there is strace there are file modes.
            File.SetUnixFileMode(folder.File(name), UnixFileMode.UserRead | UnixFileMode.UserWrite);
#pragma warning restore CA1416
        }

        try
        {
            await using var region = await TestRegion.OpenAsync(folder);
            await told.AssertHeldAsync(region);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new InvalidOperationException($"{moment}: {exception.Message}", exception);
        }
    }

    private static string Digest(Dictionary<string, byte[]> image)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, bytes) in image.Where(file => !file.Key.EndsWith("-shm", StringComparison.Ordinal)).OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{name}:{bytes.Length}:"));
            hash.AppendData(bytes);
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
