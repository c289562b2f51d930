using System.Globalization;
using DataExchange.Merkle;
using DataExchange.Witness.Tests.Support;

namespace DataExchange.Witness.Tests.Faults;

/// <summary>SIGKILL under load, again and again: nothing that was cosigned is forgotten, and no log ever gets cosignatures on two histories.</summary>
public sealed class KillTests
{
    private const int Kills = 20;
    private const int SubmittersPerLog = 4;

    [Fact]
    public async Task State_is_never_behind_a_cosignature_that_was_handed_out()
    {
        using var folder = new TemporaryFolder();
        using var access = new UniformLog("demo.example/access");
        using var fork = new UniformLog("demo.example/access", leaf: "otherwise");
        using var governance = new UniformLog("demo.example/governance", seed: 2);
        var handedOut = new HandedOut();
        var settings = WitnessProcess.SettingsOf(folder, access, governance);

        var witness = await WitnessProcess.StartAsync(settings);
        try
        {
            for (var kill = 0; kill < Kills; kill++)
            {
                await LoadUntilKilledAsync(witness, handedOut, answersBeforeKill: 20 + (kill * 37 % 300), access, fork, governance);
                await witness.DisposeAsync();
                witness = await WitnessProcess.StartAsync(settings);
                await handedOut.HoldAsync(witness, access.Origin, [access, fork]);
                await handedOut.HoldAsync(witness, governance.Origin, [governance]);
            }
        }
        finally
        {
            await witness.DisposeAsync();
        }

        Assert.True(handedOut.Count > Kills, $"Only {handedOut.Count} checkpoints were cosigned between {Kills} kills.");
    }

    /// <summary>Submitters grow their log as fast as they can; after so many answers, in the middle of whatever the others are doing, the process is killed.</summary>
    private static async Task LoadUntilKilledAsync(WitnessProcess witness, HandedOut handedOut, int answersBeforeKill, params UniformLog[] logs)
    {
        var answers = 0;
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var submitters = logs.SelectMany(log => Enumerable.Range(1, SubmittersPerLog).Select(async step =>
        {
            var known = 0L;
            while (true)
            {
                Answer answer;
                try
                {
                    answer = await Answer.OfAsync(await witness.Client.PostAsync(
                        "add-checkpoint", new StringContent(log.Body(known, known + step)), TestContext.Current.CancellationToken));
                }
                catch (Exception cut) when (cut is HttpRequestException or IOException)
                {
                    return; // The kill. A body that was cut off was not received.
                }

                switch (answer.Status)
                {
                    case 200:
                        known += step;
                        handedOut.Add(log, known, answer.Body);
                        break;
                    case 409:
                        known = long.Parse(answer.Body, CultureInfo.InvariantCulture);
                        break;
                    default:
                        // The history that lost: no proof leads to it.
                        Assert.Equal("not-consistent", answer.Code);
                        known = 0;
                        break;
                }

                if (Interlocked.Increment(ref answers) == answersBeforeKill)
                {
                    enough.SetResult();
                }
            }
        })).ToArray();

        await Task.WhenAny(enough.Task, Task.WhenAll(submitters));
        Assert.True(enough.Task.IsCompleted, "The submitters ended before the kill.");
        await witness.KillAsync();
        await Task.WhenAll(submitters);
    }

    /// <summary>All cosignatures that anybody received, over all starts.</summary>
    private sealed class HandedOut
    {
        private readonly Lock _lock = new();
        private readonly List<(UniformLog Log, long Size, string Line)> _all = [];

        public int Count => _all.Count;

        public void Add(UniformLog log, long size, string line)
        {
            lock (_lock)
            {
                _all.Add((log, size, line));
            }
        }

        /// <summary>What the witness shows after its restart is as large as the largest cosigned, of the same history, and all cosignatures are its own.</summary>
        public async Task HoldAsync(WitnessProcess witness, string origin, UniformLog[] histories)
        {
            var ours = _all.Where(cosigned => cosigned.Log.Origin == origin).ToList();
            if (ours.Count == 0)
            {
                return; // Killed before the first.
            }

            Assert.True(NoteVerifier.TryParse((await witness.Client.GetStringAsync("vkey", TestContext.Current.CancellationToken)).TrimEnd('\n'), out var verifier));
            Assert.True(SignedNote.TryParse(await witness.Client.GetStringAsync(WitnessPaths.Checkpoint(origin), TestContext.Current.CancellationToken), out var note));
            Assert.NotNull(note.CosignedAt(verifier));
            Assert.True(Checkpoint.TryParse(note.Text, out var shown));
            var history = Assert.Single(histories, log => log.Root(shown.Size) == shown.Root);

            Assert.All(ours, cosigned => Assert.Same(history, cosigned.Log));
            Assert.InRange(shown.Size, ours.Max(cosigned => cosigned.Size), long.MaxValue);
            Assert.True(SignedNote.TryParse(history.Note(ours[^1].Size) + ours[^1].Line, out var last) && last.IsSignedBy(verifier));
            Assert.Distinct(ours.Select(cosigned => cosigned.Size));
        }
    }
}
