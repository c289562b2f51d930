using DataExchange.Cli.Output;
using DataExchange.Cli.Rebuild;
using DataExchange.Cli.Sources;
using DataExchange.Cli.Trees;
using DataExchange.Merkle;

namespace DataExchange.Cli.Export;

/// <summary>One export of a log into a folder.</summary>
internal sealed class Exporter(DxConsole console, LogResources log, NoteVerifier key, string target)
{
    /// <exception cref="FindingException">The log does not verify, or does not extend what the folder holds. The folder then shows the checkpoint that it showed, whole; tiles beyond it may have been written.</exception>
    public async Task<Report> RunAsync(LogHead head, CancellationToken cancellationToken)
    {
        using var folder = new TargetFolder(target);
        var before = await folder.HeadAsync(key, cancellationToken);
        if (before is not null)
        {
            History.CheckHeads(before.Checkpoint, head.Checkpoint);
        }

        var known = before is null ? UpperTree.Empty() : await KnownAsync(before.Checkpoint, cancellationToken);
        if (before?.Checkpoint.Size != head.Checkpoint.Size)
        {
            await CopyAsync(folder, head.Checkpoint, before?.Checkpoint, known, cancellationToken);
        }

        await folder.PublishAsync(key, head, cancellationToken);
        folder.RemoveCompletedPartials(before?.Checkpoint.Size ?? 0, head.Checkpoint.Size);
        return new ExportReport(head.Checkpoint.Origin, head.Checkpoint.Size, before?.Checkpoint.Size, folder.FilesWritten, target);
    }

    private async Task CopyAsync(TargetFolder folder, Checkpoint checkpoint, Checkpoint? before, UpperTree known, CancellationToken cancellationToken)
    {
        using var progress = new ProgressBar(console, "entries");
        var isContinued = known.Bundles > 0;
        try
        {
            await new LogRebuild(log, checkpoint, before, known) { Sink = folder }.RunAsync(progress, cancellationToken);
        }
        catch (FindingException finding) when (isContinued && finding.ExitCode == ExitCode.DoesNotVerify)
        {
            // Whether the log is damaged or another than the one exported before, only reading all of it can say. This second reading writes nothing.
            await new LogRebuild(log, checkpoint, before, UpperTree.Empty()).RunAsync(progress, cancellationToken);
            throw;
        }
    }

    /// <summary>What the folder holds already, as its own tiles say; they have to lead to its own checkpoint.</summary>
    private async Task<UpperTree> KnownAsync(Checkpoint before, CancellationToken cancellationToken)
    {
        using var source = new FolderSource(target);
        var tiles = new PublishedTiles(new LogResources(source), before.Size);
        var tree = await UpperTree.TryLoadAsync(tiles, before.Size / TileId.FullWidth, cancellationToken);
        return tree?.RootAt(await tiles.TailAsync(cancellationToken)) == before.Root
            ? tree
            : throw FindingException.DoesNotVerify(
                FindingCode.TargetDamaged, $"{target} does not hold the tree of its own checkpoint. dx verify says what is wrong; remove the folder to export everything again.");
    }
}
