using System.Globalization;
using DataExchange.Cli.Output;
using DataExchange.Cli.Rebuild;
using DataExchange.Cli.Sources;
using DataExchange.Cli.Trees;
using DataExchange.Cli.Witnesses;
using DataExchange.Merkle;

namespace DataExchange.Cli.Verify;

/// <summary>One verification of a log.</summary>
internal sealed class VerifyRun(DxConsole console, LogResources log, string location, NoteVerifier key, string? stateFolder)
{
    private static readonly TimeSpan SaveEvery = TimeSpan.FromSeconds(3);

    private readonly StateFolder _state = new(stateFolder ?? console.StateFolder);

    /// <summary>Whose cosignatures the checkpoint has to bear.</summary>
    public TlogPolicy? Policy { get; init; }

    /// <summary>Whether to read only what was not read at this place before.</summary>
    public bool IsIncremental { get; init; }

    /// <summary>Whether to go on where an interrupted run stopped.</summary>
    public bool IsResumed { get; init; }

    public async Task<Report> RunAsync(CancellationToken cancellationToken)
    {
        var memory = new RememberedCheckpoints(_state);
        var remembered = await memory.LoadAsync(key, cancellationToken);
        var head = await LogHead.ReadAsync(log, location, key, cancellationToken);
        return await memory.KeepingEvidenceAsync(head, async () =>
        {
            History.CheckHeads(remembered, head.Checkpoint);
            PolicyOption.Require(Policy, key, head.Note);
            var rebuild = await RebuildAsync(head.Checkpoint, remembered, cancellationToken);

            // Remembered only now: what did not verify must not become what the next run compares with.
            await memory.SaveAsync(key, head, cancellationToken);
            if (rebuild.Verified is { Entries: > 0 } read)
            {
                await VerifyProgress.OfEntries(_state, key, location).SaveAsync(read.Entries, read.Root, cancellationToken);
            }

            return new VerifyReport(head.Checkpoint, rebuild, remembered);
        });
    }

    private async Task<LogRebuild> RebuildAsync(Checkpoint checkpoint, Checkpoint? remembered, CancellationToken cancellationToken)
    {
        var progress = VerifyProgress.OfRun(_state, key, location);
        if (await KnownAsync(checkpoint, progress, cancellationToken) is { Bundles: > 0 } known)
        {
            try
            {
                return await RunAsync(new LogRebuild(log, checkpoint, remembered, known), progress, cancellationToken);
            }
            catch (FindingException finding) when (finding.ExitCode == ExitCode.DoesNotVerify)
            {
                // Whether the log is wrong or what was taken as known, only reading everything can say.
            }
        }

        return await RunAsync(new LogRebuild(log, checkpoint, remembered, UpperTree.Empty()), progress, cancellationToken);
    }

    /// <summary>The part of the tree that need not be read again.</summary>
    private async Task<UpperTree?> KnownAsync(Checkpoint checkpoint, VerifyProgress progress, CancellationToken cancellationToken)
    {
        var tiles = new PublishedTiles(log, checkpoint.Size);
        var resumed = IsResumed ? await progress.LoadAsync(tiles, checkpoint, cancellationToken) : null;
        var read = IsIncremental ? await VerifyProgress.OfEntries(_state, key, location).LoadAsync(tiles, checkpoint, cancellationToken) : null;
        return resumed?.Bundles >= (read?.Bundles ?? 0) ? resumed : read;
    }

    private async Task<LogRebuild> RunAsync(LogRebuild rebuild, VerifyProgress progress, CancellationToken cancellationToken)
    {
        var save = new Interval(console.Clock, SaveEvery);
        Task SaveAsync() => rebuild.Verified is var (entries, root) && entries > 0 ? progress.SaveAsync(entries, root, CancellationToken.None) : Task.CompletedTask;
        try
        {
            using var bar = new ProgressBar(console, "entries");
            rebuild.OnProgress = () => save.IsOver() ? SaveAsync() : Task.CompletedTask;
            await rebuild.RunAsync(bar, cancellationToken);
            progress.Forget();
            return rebuild;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await SaveAsync();
            throw FindingException.CannotTell(
                FindingCode.Cancelled,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Stopped after {rebuild.Verified?.Entries ?? 0:N0} entries in which nothing was wrong; --resume goes on from there."));
        }
    }
}
