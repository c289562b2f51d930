using System.Collections.Concurrent;
using DataExchange.TransparencyLog.Tests.Support;

namespace DataExchange.TransparencyLog.Tests.Faults;

/// <summary>
/// Every file system call of a start, of appends and of a stop is broken in turn, in a real process: it is killed there, or the call
/// fails. What the process writes through the memory map of a -shm file is no call; SQLite makes that file anew after a crash.
/// </summary>
public sealed class InjectedCallTests
{
    private const string Kill = "signal=KILL";
    private const string Error = "error=EIO";
    private const string Full = "error=ENOSPC";

    // Each kill costs a new process. What a kill at the other calls of a start leaves is tried by LostWriteTests.
    private static readonly bool All = Environment.GetEnvironmentVariable("DX_FAULTS_ALL") == "1";

    private static readonly string[] Changes = ["pwrite64,write", "fsync,fdatasync", "openat,ftruncate,fallocate", "?link,?rename,?unlink,?mkdir,?chmod,fchmod"];
    private static readonly string[] Others = ["pread64,read", "?stat,?lstat,?newfstatat,?fstat,?access", "mmap,flock,lseek"];

    // For starts only: no local file system fails to release a lock, and when it is made to, SQLite takes the lock for held until the
    // process ends: nothing is lost, but only a new start helps. Each costs SQLite's five seconds of patience.
    private const string Locks = "fcntl";

    [Theory]
    [InlineData(Phase.FirstStart)]
    [InlineData(Phase.Recovery)]
    [InlineData(Phase.Append)]
    [InlineData(Phase.Stop)]
    public Task A_kill_at_any_call_that_changes_a_file_loses_nothing_acknowledged(Phase phase) =>
        BreakEachAsync(phase, Changes, Kill, step: phase is Phase.FirstStart or Phase.Recovery && !All ? 3 : 1);

    [Theory]
    [InlineData(Phase.FirstStart)]
    [InlineData(Phase.Recovery)]
    [InlineData(Phase.Append)]
    [InlineData(Phase.Stop)]
    public Task A_call_that_fails_is_refused_with_a_message_and_loses_nothing(Phase phase) =>
        BreakEachAsync(phase, [.. Changes, .. Others, .. All && phase is Phase.FirstStart or Phase.Recovery ? [Locks] : Array.Empty<string>()], Error);

    [Theory]
    [InlineData(Phase.FirstStart)]
    [InlineData(Phase.Recovery)]
    [InlineData(Phase.Append)]
    [InlineData(Phase.Stop)]
    public Task A_disk_that_is_full_at_any_write_is_refused_with_a_message_and_loses_nothing(Phase phase) => BreakEachAsync(phase, Changes, Full);

    [Fact]
    public Task When_the_calls_of_the_recovery_fail_too_it_is_tried_until_it_succeeds() => BreakEachAsync(Phase.Append, [.. Changes, .. Others], Error, more: 4);

    /// <summary>Breaks the first call, then the second, and so on until there is none left to break; two groups of calls at a time.</summary>
    private static async Task BreakEachAsync(Phase phase, string[] groups, string fault, int more = 0, int step = 1)
    {
        Strace.SkipWhereUnavailable();
        using var origin = new TemporaryFolder(inMemory: true);
        var before = await BrokenCall.PrepareAsync(phase, origin);
        var counts = new ConcurrentDictionary<string, int>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = TestContext.Current.CancellationToken };
        await Parallel.ForEachAsync(groups, options, async (calls, _) =>
        {
            using var sessions = new SessionPool();

            // How often the publisher calls varies by one or two: only two idle runs in a row are the end.
            for (int call = 1, idle = 0; idle < 2; call += step)
            {
                var hit = await new BrokenCall(phase, calls, $"{fault}:when={call}..{call + more}").RunAsync(sessions, origin, before);
                idle = hit ? 0 : idle + 1;
                counts.AddOrUpdate(calls, hit ? 1 : 0, (_, count) => count + (hit ? 1 : 0));
            }
        });

        TestContext.Current.TestOutputHelper?.WriteLine($"{phase}, {fault}: {string.Join("; ", counts)}");
        Assert.True(counts.Values.Sum() > 5, "Hardly a call was broken: the trace sees other files than the program uses.");
    }
}

/// <summary>What the process is doing when a call is broken.</summary>
public enum Phase
{
    /// <summary>A start on an empty folder.</summary>
    FirstStart,

    /// <summary>A start on what a kill left.</summary>
    Recovery,

    /// <summary>Appends to both logs, tiles included.</summary>
    Append,

    /// <summary>A stop that moves the write-ahead logs into their files.</summary>
    Stop,
}
