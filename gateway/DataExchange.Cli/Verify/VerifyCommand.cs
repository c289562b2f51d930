using System.CommandLine;
using System.Text;
using DataExchange.Cli.Output;
using DataExchange.Cli.Sources;
using DataExchange.Merkle;

namespace DataExchange.Cli.Verify;

/// <summary><c>dx verify &lt;url|folder&gt;</c>.</summary>
internal static class VerifyCommand
{
    public static Command Create(DxConsole console)
    {
        var location = new Argument<string>("log") { Description = "Address of the log, or a folder with a copy of it.", HelpName = "url|folder" };
        var vkey = KeyOption.Create();
        var trustFetched = new Option<bool>("--trust-fetched-vkey")
        {
            Description = "Take the key from the log itself. Shows that the log agrees with itself, not that it is the log you mean.",
        };
        var state = new Option<string?>("--state")
        {
            Description = "Folder in which the newest verified checkpoint of each log is remembered.",
            HelpName = "folder",
        };
        var json = CommandRun.JsonOption();

        var command = new Command("verify", "Recomputes a whole log from its entries: root, hash tiles, signature, and that it extends what it was before.")
        {
            location, vkey, trustFetched, state, json,
        };
        command.Validators.Add(result =>
        {
            if ((result.GetValue(vkey) is null) == !result.GetValue(trustFetched))
            {
                result.AddError("Give the log's key with --vkey, or --trust-fetched-vkey to take the one it shows.");
            }
        });
        command.SetAction((parsed, cancellationToken) => CommandRun.RunAsync(
            console,
            parsed.GetValue(json),
            () => RunAsync(console, parsed.GetRequiredValue(location), parsed.GetValue(vkey), parsed.GetValue(state), cancellationToken),
            cancellationToken));
        return command;
    }

    private static async Task<Report> RunAsync(DxConsole console, string location, string? vkey, string? state, CancellationToken cancellationToken)
    {
        using var source = LogSource.Open(location);
        var log = new LogResources(source);
        var key = KeyOption.Parse(vkey ?? await FetchKeyAsync(log, location, cancellationToken));
        var memory = new RememberedCheckpoints(state ?? console.StateFolder);
        var remembered = await memory.LoadAsync(key, cancellationToken);

        var (checkpoint, note) = await OpenCheckpointAsync(log, location, key, cancellationToken);
        try
        {
            History.CheckHeads(remembered, checkpoint);
            using var progress = new ProgressBar(console.Error, console.IsTerminal, "entries");
            var hashTiles = await new LogRebuild(log, checkpoint, remembered).RunAsync(progress, cancellationToken);

            // Remembered only now: what did not verify must not become what the next run compares with.
            await memory.SaveAsync(key, checkpoint, note, cancellationToken);
            return new VerifyReport(checkpoint, hashTiles, remembered);
        }
        catch (FindingException finding) when (finding.Code is FindingCode.Fork or FindingCode.Rollback)
        {
            var evidence = await memory.KeepEvidenceAsync(key, checkpoint, note, cancellationToken);
            throw FindingException.DoesNotVerify(finding.Code, $"{finding.Message} The checkpoint shown now is kept in {evidence}.");
        }
    }

    private static async Task<string> FetchKeyAsync(LogResources log, string location, CancellationToken cancellationToken) =>
        await log.VkeyAsync(cancellationToken) is { } bytes
            ? Encoding.UTF8.GetString(bytes)
            : throw LogSource.Unreadable(location, "it shows no vkey.");

    private static async Task<(Checkpoint Checkpoint, string Note)> OpenCheckpointAsync(
        LogResources log, string location, NoteVerifier key, CancellationToken cancellationToken)
    {
        var bytes = await log.CheckpointAsync(cancellationToken) ?? throw LogSource.Unreadable(location, "there is no checkpoint, so it is no log.");
        return SignedNote.TryParse(bytes, out var note) && Checkpoint.TryOpen(note.ToString(), key, out var checkpoint)
            ? (checkpoint, note.ToString())
            : throw FindingException.DoesNotVerify(FindingCode.CheckpointInvalid, $"The checkpoint is not one of {key.Name}, signed by its key.");
    }
}
