using System.CommandLine;
using DataExchange.Cli.DataFolders;
using DataExchange.Cli.Fsck;
using DataExchange.Cli.Output;
using DataExchange.Cli.Sources;

namespace DataExchange.Cli.Adopt;

/// <summary><c>dx log adopt &lt;folder&gt; --known &lt;file&gt;…</c>.</summary>
internal static class AdoptCommand
{
    private const int MaxReason = 500; // Characters that the gateway takes.

    public static Command Create(DxConsole console)
    {
        var folder = new Argument<string>("folder") { Description = "A gateway's data folder; the gateway is stopped.", HelpName = "folder" };
        var known = new Option<string[]>("--known") { Description = "A checkpoint that the log has signed and that is not of what is stored. May be given more than once.", HelpName = "file", Required = true };
        var reason = new Option<string?>("--reason") { Description = "Why. Stands in the new log for anyone to read, and for ever: no personal data.", HelpName = "text" };
        var yes = new Option<bool>("--yes") { Description = "Order it. Without it, only says what would happen." };
        var json = CommandRun.JsonOption();
        var adopt = new ManualCommand("adopt", "Retires a log that has lost entries for good, and has a new one begun in its place.", AdoptHelp.Text)
        {
            folder, known, reason, yes, json,
        };
        adopt.Validators.Add(result =>
        {
            if (result.GetValue(reason) is { Length: > MaxReason })
            {
                result.AddError($"--reason has more than {MaxReason} characters.");
            }
        });
        adopt.SetAction((parsed, cancellationToken) => CommandRun.RunAsync(
            console,
            parsed.GetValue(json),
            () => Task.Run(
                () =>
                {
                    var path = parsed.GetRequiredValue(folder);
                    if (!DataFolder.IsOne(path))
                    {
                        throw LogSource.Unreadable(path, $"it holds no {DataFolder.Exchange}, so it is no data folder.");
                    }

                    using var hold = FolderHold.Take(path, isSnapshot: false);
                    return (Report)new AdoptRun(console, path, parsed.GetRequiredValue(known), parsed.GetValue(reason)).Run(parsed.GetValue(yes), cancellationToken);
                },
                cancellationToken),
            cancellationToken));
        return new Command("log", "Works on the logs of a data folder.") { adopt };
    }
}
