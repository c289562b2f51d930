using DataExchange.Merkle;
using DataExchange.TransparencyLog.Tests.Faults;
using DataExchange.Witness.Tests.Support;

namespace DataExchange.Witness.Tests.Faults;

/// <summary>Every system call that makes a state durable is broken in turn in a real process, once and several times, so that recovery meets it too.</summary>
public sealed class BrokenCallTests : OneLogTest
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    // Of one write, in its order: the new file is opened, emptied, written, flushed; renamed; its folder is opened, flushed.
    private static readonly (string Call, string Error, string When)[] Faults =
    [
        .. from fault in new[]
           {
               ("openat", "ENOSPC", "1"), ("ftruncate", "EIO", "1"), ("pwrite64", "ENOSPC", "1"), ("fsync", "EIO", "1"), ("rename", "EIO", "1"),
               ("openat", "EIO", "2"), ("fsync", "EIO", "2"),
           }
           from times in new[] { "", "+" }
           select (fault.Item1, fault.Item2, fault.Item3 + times),
    ];

    [Fact]
    public async Task Whatever_call_fails_nothing_is_cosigned_in_doubt_and_nothing_cosigned_is_lost()
    {
        Strace.SkipWhereUnavailable();
        var settings = WitnessProcess.SettingsOf(Folder, Log);
        await using var witness = await WitnessProcess.StartAsync(settings);
        var size = 1L;
        Assert.Equal(200, (await SubmitAsync(witness, 0, size)).Status);

        foreach (var (call, error, when) in Faults)
        {
            await using (var strace = await Strace.AttachAsync(
                witness.Id, Path.GetTempFileName(), "-e", $"trace={call}", "-e", $"inject={call}:error={error}:when={when}",
                "-P", Folder.State, "-P", Folder.State + ".new", "-P", Folder.Path))
            {
                var broken = await SubmitAsync(witness, size, size + 1);
                var calls = await strace.DetachAsync();
                Assert.True((503, "state-in-doubt") == (broken.Status, broken.Code), $"{call}, {error}, when {when}: {broken}\n{string.Join('\n', calls)}");
                Assert.Contains(calls, line => line.Contains("(INJECTED)", StringComparison.Ordinal));
            }

            // With the disk well again it goes on by itself: from the old size, or from the new one where all but the last flush was made.
            await ReadyAsync(witness);
            var again = await SubmitAsync(witness, size, size + 1);
            size++;
            if (again.Status == 409)
            {
                Assert.Equal($"{size}\n", again.Body);
                again = await SubmitAsync(witness, size, size);
            }

            Assert.Equal(200, again.Status);
        }

        await witness.KillAsync();
        await using var restarted = await WitnessProcess.StartAsync(settings);
        Assert.Equal(new Answer(409, "text/x.tlog.size", $"{size}\n"), await SubmitAsync(restarted, 0, size));
        Assert.True(Checkpoint.TryOpen(
            await restarted.Client.GetStringAsync(WitnessPaths.Checkpoint(Log.Origin), TestContext.Current.CancellationToken), Log.Verifier, out var latest));
        Assert.Equal(Log.Checkpoint(size), latest);
    }

    private static async Task ReadyAsync(WitnessProcess witness)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!(await witness.Client.GetAsync("health/ready", patience.Token)).IsSuccessStatusCode)
        {
            await Task.Delay(20, patience.Token);
        }
    }

    private async Task<Answer> SubmitAsync(WitnessProcess witness, long oldSize, long size) => await Answer.OfAsync(
        await witness.Client.PostAsync("add-checkpoint", new StringContent(Log.Body(oldSize, size)), TestContext.Current.CancellationToken));
}
