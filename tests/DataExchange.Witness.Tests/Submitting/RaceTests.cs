using System.Collections.Concurrent;
using System.Globalization;
using DataExchange.Witness.Tests.Support;

namespace DataExchange.Witness.Tests.Submitting;

/// <summary>Check and record are one step: what was cosigned for a log is one chain, whoever submits what at the same time.</summary>
public sealed class RaceTests
{
    private const int Submitters = 16;
    private const int Submissions = 100;

    [Fact]
    public async Task Cosigned_checkpoints_of_a_log_form_one_chain_under_many_submitters()
    {
        using var folder = new TemporaryFolder();
        using var log = new UniformLog("demo.example/access");
        await using var witness = await RunningWitness.StartAsync(folder, log);
        var cosigned = new ConcurrentBag<(long Old, long Size)>();

        await Task.WhenAll(Enumerable.Range(1, Submitters).Select(async submitter =>
        {
            var known = 0L;
            for (var i = 0; i < Submissions; i++)
            {
                // Submitters grow the log by different steps, so that their sizes cross as A and B of the specification do.
                var size = known + submitter;
                var answer = await witness.SubmitAsync(log, known, size);
                if (answer.Status == 200)
                {
                    witness.TimeOf(answer, log, size);
                    cosigned.Add((known, size));
                    known = size;
                }
                else
                {
                    Assert.Equal((409, "text/x.tlog.size"), (answer.Status, answer.Type));
                    known = long.Parse(answer.Body, CultureInfo.InvariantCulture);
                }
            }
        }));

        var chain = cosigned.OrderBy(step => step.Size).ToList();
        Assert.True(chain.Count > Submissions);
        Assert.Equal(0, chain[0].Old);
        Assert.All(chain.Zip(chain.Skip(1)), pair => Assert.Equal(pair.First.Size, pair.Second.Old));
        var answer = await witness.SubmitAsync(log, chain[^1].Size, chain[^1].Size);
        witness.TimeOf(answer, log, chain[^1].Size);
    }

    [Fact]
    public async Task One_of_two_histories_wins_and_the_other_is_never_cosigned()
    {
        using var folder = new TemporaryFolder();
        using var log = new UniformLog("demo.example/access");
        using var fork = new UniformLog("demo.example/access", leaf: "otherwise");
        await using var witness = await RunningWitness.StartAsync(folder, log);

        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(async i =>
            (History: i % 2, Answer: await witness.SubmitAsync(i % 2 == 0 ? log : fork, 0, 5))));

        Assert.Single(answers, answer => answer.Answer.Status == 200);
        Assert.All(answers.Where(answer => answer.Answer.Status != 200), answer => Assert.Equal("5\n", answer.Answer.Body));
    }
}
