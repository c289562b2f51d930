using System.CommandLine;
using DataExchange.Cli.Output;
using DataExchange.Cli.Rebuild;
using DataExchange.Cli.Sources;
using DataExchange.Cli.Trees;
using DataExchange.Merkle;

namespace DataExchange.Cli.Mirrors;

/// <summary><c>dx mirror verify &lt;url|folder&gt; --against &lt;url|folder&gt;</c>.</summary>
internal static class MirrorVerifyCommand
{
    public static Command Create(DxConsole console)
    {
        var mirror = LogSource.Argument("mirror");
        mirror.Description = "Address of the mirror, or a folder with it.";
        var against = new Option<string>("--against") { Description = "The log itself.", HelpName = "url|folder", Required = true };
        var vkey = LogKey.CreateOption();
        vkey.Required = true;
        var json = CommandRun.JsonOption();
        var verify = new ManualCommand("verify", "Checks that a mirror is complete, right, and the beginning of the log.", MirrorHelp.Text)
        {
            mirror, against, vkey, json,
        };
        verify.SetAction((parsed, cancellationToken) => CommandRun.RunAsync(
            console,
            parsed.GetValue(json),
            () => RunAsync(console, parsed.GetRequiredValue(mirror), parsed.GetRequiredValue(against), LogKey.Parse(parsed.GetValue(vkey)), cancellationToken),
            cancellationToken));
        return new Command("mirror", "Works on mirrors of a log.") { verify };
    }

    private static async Task<Report> RunAsync(DxConsole console, string mirror, string against, NoteVerifier key, CancellationToken cancellationToken)
    {
        using var mirrorSource = LogSource.Open(mirror);
        using var logSource = LogSource.Open(against);
        var (copy, log) = (new LogResources(mirrorSource), new LogResources(logSource));

        // The mirror first: a log that goes on meanwhile is then ahead of it, as it should be.
        var copied = await LogHead.ReadAsync(copy, mirror, key, cancellationToken);
        var head = await LogHead.ReadAsync(log, against, key, cancellationToken);
        await new LogTree(log, head.Checkpoint).CheckExtendsAsync(copied.Checkpoint, cancellationToken);

        using var progress = new ProgressBar(console, "entries");
        await new LogRebuild(copy, copied.Checkpoint, null, UpperTree.Empty()).RunAsync(progress, cancellationToken);
        return new MirrorReport(copied.Checkpoint.Origin, copied.Checkpoint.Size, head.Checkpoint.Size);
    }
}
