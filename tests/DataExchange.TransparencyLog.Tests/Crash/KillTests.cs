using System.Diagnostics;
using System.Globalization;
using System.Text;
using DataExchange.Merkle;
using DataExchange.TransparencyLog.Tests.Support;

namespace DataExchange.TransparencyLog.Tests.Crash;

/// <summary>The process dies by SIGKILL under load, again and again, on the same data.</summary>
public sealed class KillTests : IDisposable
{
    private static readonly string[] BothLogs = [LogNames.Access, LogNames.Governance];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task After_a_kill_every_acknowledged_index_holds_its_leaf_and_every_checkpoint_seen_still_holds()
    {
        var lines = new List<string[]>();
        for (var kill = 0; kill < 6; kill++)
        {
            lines.AddRange(await KillAfterAsync(lines: 20 + (kill * 217)));
            await using var region = await TestRegion.OpenAsync(_folder);
            await AssertHeldAsync(region.Access, lines);
            await AssertHeldAsync(region.Governance, lines);
        }
    }

    private static async Task AssertHeldAsync(ITransparencyLog log, List<string[]> lines)
    {
        var mine = lines.Where(line => line[0] == log.Name).ToList();
        Assert.NotEmpty(mine);
        await LogAudit.HoldsAsync(log, mine.Select(line => (long.Parse(line[1], CultureInfo.InvariantCulture), line[2])));
        await LogAudit.SoundAsync(log, mine.Select(line => Encoding.UTF8.GetString(Convert.FromBase64String(line[3]))).Distinct().Select(note =>
        {
            Assert.True(Checkpoint.TryOpen(note, log.Verifier, out var checkpoint));
            return new SignedCheckpoint(checkpoint, note);
        }));
        var (_, index, text, _) = (mine[^1][0], mine[^1][1], mine[^1][2], mine[^1][3]);
        Assert.Equal([long.Parse(index, CultureInfo.InvariantCulture)], await log.FindAsync(Encoding.UTF8.GetBytes(text), TestContext.Current.CancellationToken));
    }

    /// <summary>Starts the process, kills it once it has acknowledged so many entries, and returns all it acknowledged.</summary>
    private async Task<List<string[]>> KillAfterAsync(int lines)
    {
        var start = TestProgram.Start(AppendUntilKilled.Command, _folder.Path);
        using var process = Process.Start(start)!;
        var acknowledged = new List<string[]>();
        try
        {
            while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            {
                if (line.Split(' ') is [_, _, _, _, AppendUntilKilled.EndOfLine] parts)
                {
                    acknowledged.Add(parts);
                }

                if (acknowledged.Count >= lines && BothLogs.All(log => acknowledged.Exists(told => told[0] == log)))
                {
                    process.Kill();
                }
            }
        }
        finally
        {
            process.Kill(); // Of one that has ended, nothing.
        }

        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(acknowledged.Count >= lines, $"The process ended by itself after {acknowledged.Count} lines.");
        return acknowledged;
    }
}
