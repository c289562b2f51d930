using System.Diagnostics;

namespace DataExchange.Bench.Growth;

/// <summary>Run in a process of its own: how long a start takes, what proofs and searches of random entries take after it, and what memory all of it needs.</summary>
internal static class OpenedLog
{
    public const string Command = "measure-opened";

    private const int Rounds = 2_000;

    public static async Task<OpenedFigures> MeasureAsync(string folder)
    {
        var started = Stopwatch.GetTimestamp();
        using var data = Load.Folder(folder);
        await using var region = await Load.OpenAsync(data);
        var startMs = Stopwatch.GetElapsedTime(started).TotalMilliseconds;

        var log = region.Logs.Access;
        var (proofs, finds) = (new double[Rounds], new double[Rounds]);
        for (var round = -200; round < Rounds; round++) // The first are for the compiler.
        {
            var index = (long)(log.Published.Size * ((Math.Abs(round) * 0.6180339887498949) % 1));
            var began = Stopwatch.GetTimestamp();
            _ = await log.ProveAsync(index, CancellationToken.None) ?? throw new InvalidOperationException($"No proof of {index}.");
            var proof = Stopwatch.GetElapsedTime(began);
            began = Stopwatch.GetTimestamp();
            _ = await log.FindAsync(Load.KeyOf(index), CancellationToken.None);
            if (round >= 0)
            {
                (proofs[round], finds[round]) = (proof.TotalMilliseconds, Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
        }

        Array.Sort(proofs);
        Array.Sort(finds);
        using var self = Process.GetCurrentProcess();
        return new OpenedFigures(startMs, proofs[Rounds / 2], proofs[Rounds * 99 / 100], finds[Rounds / 2], self.WorkingSet64 / 1048576.0);
    }
}
